using Notifications.Durability;

namespace Notifications.Tests.Fast.Durability;

public sealed class SharedTimeoutTests
{
    private readonly SteppedClock _clock = new();

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(4000)]
    public void Whoever_asks_has_most_of_the_limit_and_no_more(int milliseconds)
    {
        var limit = TimeSpan.FromMilliseconds(milliseconds);
        var timeout = new SharedTimeout(limit, _clock);
        List<(TimeSpan Asked, CancellationToken Token)> asked = [];
        for (var step = 0; step < 300; step++)
        {
            asked.Add((_clock.Elapsed, timeout.Token));
            _clock.Step(limit / 100);

            foreach (var (at, token) in asked)
            {
                var had = _clock.Elapsed - at;
                if (had < limit * 15 / 16)
                    token.IsCancellationRequested.ShouldBeFalse();
                if (had >= limit)
                    token.IsCancellationRequested.ShouldBeTrue();
            }
        }

        _clock.Timers.ShouldBeInRange(3 * 14, 3 * 16);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<Due> _due = [];

        public TimeSpan Elapsed { get; private set; } = TimeSpan.FromDays(1);

        public int Timers => _due.Count;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var due = new Due(Elapsed + dueTime, () => callback(state));
            _due.Add(due);
            return due;
        }

        public void Step(TimeSpan by)
        {
            Elapsed += by;
            foreach (var due in _due.Where(due => due.At <= Elapsed))
                due.Fire();
        }
    }

    private sealed record Due(TimeSpan At, Action Fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
