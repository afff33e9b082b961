namespace Notifications.Durability;

/// <summary>One timer for all that begins within the same moment, in place of one for each message.</summary>
/// <param name="limit">The longest that something may take.</param>
/// <param name="time">Measures, and ends the tokens.</param>
sealed class SharedTimeout(TimeSpan limit, TimeProvider time)
{
    readonly TimeSpan _length = limit / 16;

    Moment? _moment;

    /// <summary>Ends when the limit has passed since the moment began in which it was asked for: a sixteenth of it early at most, and never late.</summary>
    public CancellationToken Token
    {
        get
        {
            var current = Volatile.Read(ref _moment);
            if (current is not null && time.GetElapsedTime(current.Began) < _length)
                return current.Ends.Token;

            var next = new Moment(time.GetTimestamp(), new CancellationTokenSource(limit, time));
            Volatile.Write(ref _moment, next);
            return next.Ends.Token;
        }
    }

    /// <summary>Whose source is not disposed of: somebody may still be waiting, and its timer ends with it.</summary>
    sealed record Moment(long Began, CancellationTokenSource Ends);
}
