using Notifications.Hosting;

namespace Notifications.Tests.Fast.Hosting;

public sealed class RoundsTests
{
    [Fact]
    public async Task What_fails_is_told_once_and_tried_on_until_the_host_stops()
    {
        using var rounds = new Scripted(fails: [false, true, true, false, true]);

        await rounds.StartAsync(CancellationToken.None);
        await rounds.Over;
        await rounds.StopAsync(CancellationToken.None);

        rounds.Told.ShouldBe([nameof(TimeoutException), nameof(TimeoutException)]);
        rounds.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_end_of_the_host_breaks_off_is_no_failure()
    {
        using var rounds = new Scripted(fails: []);

        await rounds.StartAsync(CancellationToken.None);
        await rounds.Over;
        await rounds.StopAsync(CancellationToken.None);

        rounds.Told.ShouldBeEmpty();
        rounds.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    /// <summary>Fails as it is told to, and then waits in a round that the end of the host breaks off.</summary>
    private sealed class Scripted(IReadOnlyList<bool> fails) : Rounds
    {
        private readonly TaskCompletionSource _over = new();
        private int _round;

        public List<string> Told { get; } = [];

        public Task Over => _over.Task;

        protected override async Task Round(CancellationToken cancellationToken)
        {
            if (_round < fails.Count)
            {
                if (fails[_round++])
                    throw new TimeoutException();
                return;
            }
            _over.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override Task Rest(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override void Failed(string reason) => Told.Add(reason);
    }
}
