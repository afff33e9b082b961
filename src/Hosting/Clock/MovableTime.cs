namespace Notifications.Hosting.Clock;

/// <summary>
/// The system's time plus an offset that can grow. Timers made by it fall due when its own time says so: one whose time is jumped over
/// fires at once.
/// </summary>
public sealed class MovableTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<MovableTimer> _timers = [];
    private TimeSpan _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;

    public void MoveTo(TimeSpan offset)
    {
        MovableTimer[] timers;
        TimeSpan jump;
        lock (_gate)
        {
            jump = offset - _offset;
            _offset = offset;
            timers = [.. _timers];
        }
        if (jump > TimeSpan.Zero)
        {
            foreach (var timer in timers)
                timer.Skip(jump);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Forget(MovableTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class MovableTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly MovableTime _time;
        private readonly ITimer _inner;
        private DateTimeOffset? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public MovableTimer(MovableTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _inner = System.CreateTimer(_ =>
            {
                lock (_gate)
                    _due = _period == Timeout.InfiniteTimeSpan ? null : System.GetUtcNow() + _period;
                callback(state);
            }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : System.GetUtcNow() + dueTime;
                _period = period;
                return _inner.Change(dueTime, period);
            }
        }

        public void Skip(TimeSpan jump)
        {
            lock (_gate)
            {
                if (_due is not { } due)
                    return;
                var left = due - jump - System.GetUtcNow();
                _due = due - jump;
                _inner.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            _time.Forget(this);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _time.Forget(this);
            return _inner.DisposeAsync();
        }
    }
}
