namespace Notifications.Store;

/// <summary>
/// How many calls of one creator an account takes: a bucket of tokens, which is filled evenly with so many a minute, and holds one more than those of
/// ten seconds. What is used of it is said by one moment, until when the calls that were made use it up.
/// </summary>
public sealed record CreatorShare(int MostPerMinute)
{
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(10);

    private TimeSpan Between => TimeSpan.FromMinutes(1) / MostPerMinute;

    private TimeSpan Full => Between + HeldFor;

    /// <summary>How many calls may be made now.</summary>
    public int Free(DateTimeOffset usedUntil, DateTimeOffset now) => (int)Math.Max(0, (now + Full - Later(usedUntil, now)).Ticks / Between.Ticks);

    /// <summary>Until when the share is used up once so many more calls are made.</summary>
    public DateTimeOffset With(DateTimeOffset usedUntil, DateTimeOffset now, int calls) => Later(usedUntil, now) + (Between * calls);

    /// <summary>When the next call is free behind those that have their turn already; the one behind it is <see cref="After"/> that.</summary>
    public DateTimeOffset NextTurn(DateTimeOffset lineUntil, DateTimeOffset usedUntil, DateTimeOffset now) => Later(lineUntil, Later(usedUntil - Full + Between, now));

    public DateTimeOffset After(DateTimeOffset turn) => turn + Between;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>The shares of an account's creators.</summary>
/// <param name="everyone">Of each for whom no other is set; null for as much as there is.</param>
/// <param name="creators">Of single creators.</param>
public sealed class CreatorShares(CreatorShare? everyone, IReadOnlyDictionary<string, CreatorShare> creators)
{
    public CreatorShare? Of(string creator) => creators.GetValueOrDefault(creator) ?? everyone;
}

/// <summary>The row of a creator at an account.</summary>
public sealed class UsedShare
{
    public required string Provider { get; init; }
    public required string Creator { get; init; }

    /// <summary>See <see cref="CreatorShare"/>.</summary>
    public required DateTimeOffset UsedUntil { get; init; }

    /// <summary>Behind the last of its messages that wait for their turn; long ago when none does.</summary>
    public required DateTimeOffset LineUntil { get; init; }
}
