using System.Runtime.CompilerServices;

namespace Notifications.Tests.DurabilityContract;

static class Eventually
{
    // MassTransit reconnects a receive endpoint up to thirty seconds after the broker has come back.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Polls until the value is the expected one.</summary>
    public static async Task Equals<T>(Func<Task<T>> actual, T expected, [CallerArgumentExpression(nameof(actual))] string? what = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            T value;
            try
            {
                value = await actual();
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or RabbitMQ.Client.Exceptions.OperationInterruptedException && TimeProvider.System.GetElapsedTime(started) < Limit)
            {
                await Task.Delay(50);
                continue;
            }

            if (EqualityComparer<T>.Default.Equals(value, expected))
                return;

            if (TimeProvider.System.GetElapsedTime(started) > Limit)
                value.ShouldBe(expected, what);

            await Task.Delay(20);
        }
    }
}
