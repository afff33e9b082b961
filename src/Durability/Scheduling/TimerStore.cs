using MassTransit;
using Npgsql;

namespace Notifications.Durability;

/// <summary>Timers written outside any step.</summary>
sealed class TimerStore(NpgsqlDataSource dataSource, DurabilitySchema schema, WriteBatch writeBatch, MessageCapture capture, TimerDispatcher dispatcher)
{
    public async Task Insert<T>(SendContext<T> context, CancellationToken ct)
        where T : class
    {
        var timer = capture.Timer(context) ?? throw new InvalidOperationException("The message has no due time.");
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        writeBatch.AddTimers(batch, [new Writes { Timers = { timer } }]);
        await batch.ExecuteNonQueryAsync(ct);
        dispatcher.Watch([timer]);
    }

    public async Task Delete(Guid tokenId, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"DELETE FROM {schema.Scheduled} WHERE token_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = tokenId });
        await command.ExecuteNonQueryAsync(ct);
    }
}
