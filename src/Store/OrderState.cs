using MassTransit;

namespace Notifications.Store;

/// <summary>
/// Where one shipment stands: the row of its saga instance, written with the order. Moved by the saga, and under the row's lock by a
/// cancellation or a new send time, which raise its version so that a step of the saga that loaded it before starts again.
/// </summary>
public sealed class OrderState : SagaStateMachineInstance, ISagaVersion
{
    /// <summary>The shipment's id.</summary>
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }

    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    public DateTimeOffset StateSince { get; set; }

    /// <summary>When the state has lasted longer than it should without anything happening; null once it may last for ever.</summary>
    public DateTimeOffset? StandsUntil { get; set; }
    public DateTimeOffset SendTime { get; set; }
    public Guid? SendTimeTokenId { get; set; }

    /// <summary>Set when the order names a bare address, so that there is nobody to look up.</summary>
    public Channel? DirectChannel { get; set; }

    /// <summary>Whether there are files to fetch before the shipment's e-mail is sent.</summary>
    public bool HasAttachments { get; set; }

    /// <summary>See <see cref="SendingTimes"/>; null when messages may leave at any time.</summary>
    public string? SendingWindow { get; set; }

    /// <summary>Set when there is a send condition: what to do when it gives no answer.</summary>
    public ConditionOnError? Condition { get; set; }

    /// <summary>Questions in a row that were not answered.</summary>
    public int ConditionTries { get; set; }
    public DateTimeOffset? ConditionAskedAt { get; set; }

    /// <summary>When the latest question was asked that was answered with yes.</summary>
    public DateTimeOffset? ConditionMetAt { get; set; }
    public Guid? AskConditionTokenId { get; set; }

    /// <summary>Some of its messages may go on to another channel: see <see cref="OpenFallback"/>.</summary>
    public bool HasFallback { get; set; }
    public Guid? FallbackTokenId { get; set; }
    public int ResolveTries { get; set; }

    /// <summary>How many of the recipients of a large shipment have their notifications.</summary>
    public int PlannedRecipients { get; set; }
    public Guid? ResolveAgainTokenId { get; set; }
}
