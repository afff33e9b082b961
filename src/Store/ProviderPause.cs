namespace Notifications.Store;

/// <summary>Why a provider is not called.</summary>
public enum PauseCause
{
    /// <summary>It said that it was called too often.</summary>
    Throttled,

    /// <summary>It does not know us, or not the sender: nobody but an operator can mend that.</summary>
    Misconfigured,

    /// <summary>Most of the calls to it fail.</summary>
    Unavailable,
}

/// <summary>
/// A provider that is not called for a while, for every worker. When the while is over, one message goes ahead of the others, and decides
/// whether they follow or wait on.
/// </summary>
public sealed class ProviderPause
{
    /// <summary>In place of a sender: nothing is sent, whoever sends it.</summary>
    public const string Everybody = "";

    /// <summary>In place of a sender: those messages that name none.</summary>
    public const string DefaultSender = "-";

    public required string Provider { get; init; }

    /// <summary>Whose messages wait.</summary>
    public required string Sender { get; init; }
    public required PauseCause Cause { get; init; }

    /// <summary>What the provider answered, without addresses or texts.</summary>
    public required string Answer { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>How many messages in a row went ahead in vain, and the one before them.</summary>
    public required int Tries { get; init; }

    /// <summary>The next message goes ahead, half-open as breakers have it.</summary>
    public bool IsOver(DateTimeOffset now) => Until <= now;
}
