namespace Notifications.Contracts;

/// <summary>
/// Where commands are sent. Exchanges, not queues: sending to a queue's address would declare that queue with the sender's idea of its
/// kind, which the broker refuses when the consumer declared a quorum queue.
/// </summary>
public static class Addresses
{
    public const string ShipmentsQueue = "shipments";
    public const string ConditionsQueue = "conditions";
    public const string RecipientsQueue = "recipients";
    public const string AttachmentsQueue = "attachments";
    public const string EmailQueue = "email";
    public const string ComposedEmailQueue = "composed-email";
    public const string SmsQueue = "sms";

    public static readonly Uri Conditions = new($"exchange:{ConditionsQueue}");
    public static readonly Uri Recipients = new($"exchange:{RecipientsQueue}");
    public static readonly Uri Attachments = new($"exchange:{AttachmentsQueue}");
    public static readonly Uri Email = new($"exchange:{EmailQueue}");
    public static readonly Uri ComposedEmail = new($"exchange:{ComposedEmailQueue}");
    public static readonly Uri Sms = new($"exchange:{SmsQueue}");

    /// <summary>The queue of the hand-offs of any other channel.</summary>
    public static string QueueOf(string channel) => $"channel-{channel}";

    public static Uri Of(string channel) => new($"exchange:{QueueOf(channel)}");
}
