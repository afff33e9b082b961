namespace Notifications.Tests.DurabilityContract;

/// <summary>The real clock, moved forward at will; its timers are real.</summary>
sealed class MovableClock : TimeProvider
{
    long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
