namespace Notifications.Sandbox.Clock;

/// <summary>
/// Real time plus an offset that only grows. A timer whose virtual due time a jump has passed fires at once.
/// </summary>
internal sealed class SandboxTime(TimeProvider real) : TimeProvider
{
    // Requests under way when the clock jumps still carry the time from before.
    private static readonly TimeSpan JumpGrace = TimeSpan.FromSeconds(30);

    private readonly TimeProvider real = real;
    private readonly Lock gate = new();
    private readonly HashSet<JumpingTimer> timers = [];
    private readonly long start = real.GetTimestamp();
    private long offsetTicks;
    private long jumpedAt;
    private TimeSpan lastJump;

    public TimeSpan Offset => new(Volatile.Read(ref offsetTicks));

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => real.GetTimestamp() + (long)(Offset.TotalSeconds * real.TimestampFrequency);

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public void Jump(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        JumpingTimer[] waiting;
        lock (gate)
        {
            Volatile.Write(ref offsetTicks, offsetTicks + by.Ticks);
            jumpedAt = real.GetTimestamp();
            lastJump = by;
            waiting = [.. timers];
        }

        foreach (var timer in waiting)
            timer.Arm();
    }

    /// <summary>Whether it is this time now, give or take, or was just before the last jump.</summary>
    public bool IsNear(DateTimeOffset moment, TimeSpan tolerance)
    {
        var distance = GetUtcNow() - moment;
        if (distance.Duration() <= tolerance)
            return true;

        lock (gate)
        {
            return lastJump > TimeSpan.Zero
                && real.GetElapsedTime(jumpedAt) <= JumpGrace
                && (distance - lastJump).Duration() <= tolerance;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new JumpingTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Elapsed => real.GetElapsedTime(start) + Offset;

    private sealed class JumpingTimer : ITimer
    {
        // The runtime's timers end at 49 days; longer waits are re-armed on the way.
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

        private readonly SandboxTime owner;
        private readonly TimerCallback callback;
        private readonly object? state;
        private readonly ITimer inner;
        private readonly Lock gate = new();
        private TimeSpan? dueAt;
        private TimeSpan period;
        private bool disposed;

        public JumpingTimer(SandboxTime owner, TimerCallback callback, object? state)
        {
            (this.owner, this.callback, this.state) = (owner, callback, state);
            inner = owner.real.CreateTimer(static timer => ((JumpingTimer)timer!).Elapse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                if (disposed)
                    return false;

                dueAt = dueTime < TimeSpan.Zero ? null : owner.Elapsed + dueTime;
                this.period = period;
            }

            lock (owner.gate)
            {
                if (dueTime < TimeSpan.Zero)
                    owner.timers.Remove(this);
                else
                    owner.timers.Add(this);
            }

            Arm();
            return true;
        }

        public void Arm()
        {
            lock (gate)
            {
                if (disposed)
                    return;

                if (dueAt is not { } due)
                {
                    inner.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    return;
                }

                var wait = Math.Clamp(Math.Ceiling((due - owner.Elapsed).TotalMilliseconds), 0, LongestWait.TotalMilliseconds);
                inner.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
            }
        }

        private void Elapse()
        {
            var last = false;
            lock (gate)
            {
                if (disposed || dueAt is not { } due)
                    return;

                if (due > owner.Elapsed)
                {
                    Arm();
                    return;
                }

                last = period <= TimeSpan.Zero;
                dueAt = last ? null : owner.Elapsed + period;
                if (!last)
                    Arm();
            }

            if (last)
                Forget();
            callback(state);
        }

        private void Forget()
        {
            lock (owner.gate)
            {
                // Changed again meanwhile: stay known, so that the next jump finds it.
                if (dueAt is null)
                    owner.timers.Remove(this);
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                disposed = true;
                dueAt = null;
            }

            inner.Dispose();
            Forget();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
