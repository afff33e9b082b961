namespace Notifications.Durability;

/// <summary>One timer for all that begins within the same moment: a timer for each message costs more than the rest of its way to the broker.</summary>
/// <param name="limit">The longest that something may take.</param>
sealed class SharedTimeout(TimeSpan limit)
{
    static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(250);

    Moment? _moment;

    /// <summary>Ends when the limit has passed since the moment began in which it was asked for: a moment early at most, and never late.</summary>
    public CancellationToken Token
    {
        get
        {
            var current = Volatile.Read(ref _moment);
            if (current is not null && TimeProvider.System.GetElapsedTime(current.Began) < s_moment)
                return current.Ends.Token;

            var next = new Moment(TimeProvider.System.GetTimestamp(), new CancellationTokenSource(limit));
            Volatile.Write(ref _moment, next);
            return next.Ends.Token;
        }
    }

    /// <summary>Whose source is not disposed of: somebody may still be waiting, and its timer ends with it.</summary>
    sealed record Moment(long Began, CancellationTokenSource Ends);
}
