namespace Notifications.Durability;

/// <summary>Whether the broker answers what this host sends: a connection can look well and answer nothing. Moments are timestamps of the system's clock.</summary>
public sealed class DeliveryRecord
{
    long _answered;
    long _unanswered;

    /// <summary>Whether something that was sent after the moment had no answer in time, and nothing has been answered since it was sent.</summary>
    public bool IsUnansweredSince(long moment)
    {
        var unanswered = Volatile.Read(ref _unanswered);
        return unanswered >= moment && Volatile.Read(ref _answered) < unanswered;
    }

    internal void Answer(long at) => Volatile.Write(ref _answered, at);

    internal void NoAnswer(long sent) => Volatile.Write(ref _unanswered, sent);
}
