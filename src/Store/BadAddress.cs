namespace Notifications.Store;

/// <summary>An address that a creator's messages do not reach. For a while nothing more is sent to it: each try would cost the sender's reputation.</summary>
public sealed class BadAddress
{
    /// <summary>In no case: senders write addresses in any.</summary>
    public required string Address { get; init; }
    public required string Creator { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>What was reported.</summary>
    public required NotificationState Reason { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>How often that was found out anew.</summary>
    public required int Times { get; init; }
}
