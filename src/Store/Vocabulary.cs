namespace Notifications.Store;

/// <summary>What kind of request made the order. An idempotency id is unique within a creator and a kind.</summary>
public enum OrderKind
{
    Notification,
    InstantSms,
    InstantEmail,
    Composed,

    /// <summary>The first version of the API, whose orders have one shipment, many recipients and no idempotency id.</summary>
    V1,

    /// <summary>A rule of its creator's, which an app instance came to a step of; see <see cref="RuleStep"/>.</summary>
    Rule,
}

/// <summary>The <c>type</c> of a shipment on the wire.</summary>
public enum ShipmentType
{
    Notification,
    Reminder,
    Instant,
    Composed,
}

/// <summary>What becomes of waiting reminders when their main shipment is cancelled or stopped by its condition.</summary>
public enum ReminderPolicy
{
    /// <summary>They are cancelled too.</summary>
    FollowMain,

    /// <summary>They go their own way.</summary>
    Independent,
}

/// <summary>What to do when a send condition gives no usable answer, also when it is asked once more.</summary>
public enum ConditionOnError
{
    Send,

    /// <summary>Not to send.</summary>
    Skip,

    /// <summary>To ask on until there is an answer, or until the time to send is over.</summary>
    Hold,
}

/// <summary>Which channels an order may use, and in which order. The numbers are the ones that clients send.</summary>
public enum ChannelSchema
{
    Email = 0,
    Sms = 1,
    EmailPreferred = 2,
    SmsPreferred = 3,
    EmailAndSms = 4,
}

/// <summary>When a message goes on to the other channel of a schema that prefers one of them.</summary>
public enum Fallback
{
    /// <summary>When the recipient has no address for the preferred channel, and when what was sent over it fails.</summary>
    OnFailedDelivery,

    /// <summary>Only when the recipient has no address for the preferred channel.</summary>
    OnMissingAddress,
}

public enum EmailContentType
{
    Plain = 0,
    Html = 1,
}

/// <summary>When an SMS may leave. The numbers are the ones that clients send.</summary>
public enum SendingTimePolicy
{
    Anytime = 1,
    Daytime = 2,
}

/// <summary>
/// The state of one notification. The names are persisted, and are the names on the wire without their channel prefix
/// (<c>Email_</c>, <c>SMS_</c>).
/// </summary>
public enum NotificationState
{
    New,
    Sending,
    Succeeded,
    Accepted,
    Delivered,
    Failed,
    Failed_RecipientReserved,
    Failed_RecipientNotIdentified,
    Failed_InvalidFormat,
    Failed_InvalidRecipient,
    Failed_SuppressedRecipient,
    Failed_Bounced,
    Failed_FilteredSpam,
    Failed_Quarantined,
    Failed_BarredReceiver,
    Failed_Deleted,
    Failed_Expired,
    Failed_Undelivered,
    Failed_Rejected,
    Failed_PayloadTooLarge,

    /// <summary>An attachment could not be had from the address that the order gave for it.</summary>
    Failed_InvalidSasUrl,
    Failed_TTL,
}

/// <summary>
/// How far a notification has come. It only ever grows, so the order in which results and reports arrive does not matter;
/// the one way out of a failure is a delivery.
/// </summary>
public static class Progress
{
    public const short Waiting = 0;
    public const short HandingOff = 1;
    public const short HandedOff = 2;
    public const short Failed = 3;
    public const short Delivered = 4;

    /// <summary>From here on a notification is final.</summary>
    public const short Final = Failed;

    public static short Of(NotificationState state) => state switch
    {
        NotificationState.New => Waiting,
        NotificationState.Sending => HandingOff,
        NotificationState.Succeeded or NotificationState.Accepted => HandedOff,
        NotificationState.Delivered => Delivered,
        _ => Failed,
    };
}

/// <summary>What is known of one try to hand a notification to a provider.</summary>
public enum AttemptOutcome
{
    /// <summary>The call is claimed and has not come back.</summary>
    Claimed,

    /// <summary>The provider took the message.</summary>
    Accepted,

    /// <summary>The provider refused the message for good.</summary>
    Refused,

    /// <summary>The provider certainly did not take the message, and may be asked again.</summary>
    Deferred,

    /// <summary>Nobody knows whether the provider took the message.</summary>
    Unknown,
}
