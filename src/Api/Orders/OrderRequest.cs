using System.Text.Json.Serialization;
using Notifications.Api.Templates;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>The body of <c>POST /future/orders</c>: a message to one recipient, and reminders of it.</summary>
public sealed record OrderRequest
{
    /// <summary>The caller's own name for the order, unique within its creator: sent again, it is the same order.</summary>
    public required string IdempotencyId { get; init; }

    /// <summary>Free text that comes back in answers and in the status feed.</summary>
    public string? SendersReference { get; init; }

    /// <summary>When to send, with a time zone; at once when it is left out.</summary>
    public DateTime? RequestedSendTime { get; init; }

    /// <summary>
    /// An address that is asked right before sending, and answers <c>{"sendNotification": true}</c> or <c>false</c>; reminders have their own.
    /// </summary>
    public Uri? ConditionEndpoint { get; init; }

    /// <summary>What must hold of an app instance right before sending; reminders have their own.</summary>
    public InstanceConditionRequest? InstanceCondition { get; init; }

    /// <summary>
    /// What to do when the condition gives no usable answer, nor when it is asked again after a minute: <c>Send</c>, which is the default,
    /// <c>Skip</c>, or <c>Hold</c> to ask on until there is an answer or two days have passed.
    /// </summary>
    public ConditionOnError? ConditionOnError { get; init; }
    public DialogportenAssociation? DialogportenAssociation { get; init; }
    public required RecipientRequest Recipient { get; init; }
    public IReadOnlyList<ReminderRequest>? Reminders { get; init; }

    /// <summary>Further reminders, beside those that are listed.</summary>
    public ReminderPlanRequest? ReminderPlan { get; init; }

    /// <summary>
    /// What becomes of waiting reminders when the main shipment is cancelled or stopped by its condition: <c>FollowMain</c>, which is the
    /// default, cancels them; <c>Independent</c> sends them all the same.
    /// </summary>
    public ReminderPolicy? ReminderPolicy { get; init; }

    /// <summary>
    /// The events that end what waits of the order, reminders too, of the app instance that its conditions are about: CloudEvents types such as
    /// <c>app.instance.process.completed</c> and <c>app.instance.process.movedTo.Task_3</c>.
    /// </summary>
    public IReadOnlyList<string>? StopOn { get; init; }
    public SendingWindowRequest? SendingWindow { get; init; }

    /// <summary>
    /// When the other channel of <c>EmailPreferred</c> and <c>SmsPreferred</c> is used: <c>OnFailedDelivery</c>, which is the default, when
    /// there is no address for the preferred one or what was sent over it fails; <c>OnMissingAddress</c> only in the first case.
    /// </summary>
    public Fallback? Fallback { get; init; }

    /// <summary>
    /// How long a message of the preferred channel may be without a report of its delivery before the other channel is used too: an ISO 8601
    /// duration such as <c>PT4H</c>, from a minute to two days; for ever when it is left out.
    /// </summary>
    public string? FallbackAfter { get; init; }

    /// <summary>Everybody whom the order names, with the path to where it does.</summary>
    internal IEnumerable<(string Path, RecipientRequest Recipient)> Recipients() =>
    [
        (nameof(Recipient), Recipient),
        .. (Reminders ?? []).Select((reminder, index) => ($"{nameof(Reminders)}[{index}].{nameof(Recipient)}", reminder.Recipient)),
        .. ReminderPlan?.Recipient is { } planned ? [($"{nameof(ReminderPlan)}.{nameof(Recipient)}", planned)] : Array.Empty<(string, RecipientRequest)>(),
    ];

    /// <summary>Every condition on an app instance, with the path to where it is.</summary>
    internal IEnumerable<(string Path, InstanceConditionRequest Condition)> InstanceConditions()
    {
        if (InstanceCondition is not null)
            yield return (nameof(InstanceCondition), InstanceCondition);
        for (var index = 0; index < Reminders?.Count; index++)
        {
            if (Reminders[index]?.InstanceCondition is { } condition)
                yield return ($"{nameof(Reminders)}[{index}].{nameof(InstanceCondition)}", condition);
        }
        if (ReminderPlan?.InstanceCondition is { } planned)
            yield return ($"{nameof(ReminderPlan)}.{nameof(InstanceCondition)}", planned);
    }

    internal OrderRequest WithInstanceConditions(Func<InstanceConditionRequest, InstanceConditionRequest> change)
    {
        InstanceConditionRequest? Changed(InstanceConditionRequest? condition) => condition is null ? null : change(condition);
        return this with
        {
            InstanceCondition = Changed(InstanceCondition),
            Reminders = Reminders?.Select(r => r with { InstanceCondition = Changed(r.InstanceCondition) }).ToArray(),
            ReminderPlan = ReminderPlan is null ? null : ReminderPlan with { InstanceCondition = Changed(ReminderPlan.InstanceCondition) },
        };
    }

    /// <summary>The order with every reminder of its plan listed.</summary>
    internal OrderRequest Planned(DateTimeOffset now) => ReminderPlan is { } plan
        ? this with { Reminders = [.. Reminders ?? [], .. plan.Reminders(Recipient, ShipmentsOf.SendTime(RequestedSendTime) ?? now)], ReminderPlan = null }
        : this;
}

public sealed record DialogportenAssociation(string? DialogId, string? TransmissionId);

/// <summary>A further shipment, either <c>delayDays</c> times 24 hours after the order's send time or at a time of its own.</summary>
public sealed record ReminderRequest
{
    public string? SendersReference { get; init; }
    public Uri? ConditionEndpoint { get; init; }
    public InstanceConditionRequest? InstanceCondition { get; init; }
    public ConditionOnError? ConditionOnError { get; init; }
    public int? DelayDays { get; init; }
    public DateTime? RequestedSendTime { get; init; }
    public required RecipientRequest Recipient { get; init; }
}

/// <summary>Whom to tell: exactly one member is set.</summary>
public sealed record RecipientRequest
{
    public EmailRecipient? RecipientEmail { get; init; }
    public SmsRecipient? RecipientSms { get; init; }
    public PersonRecipient? RecipientPerson { get; init; }
    public OrganizationRecipient? RecipientOrganization { get; init; }
    public ExternalIdentityRecipient? RecipientExternalIdentity { get; init; }

    /// <summary>The recipient when it is somebody whose addresses are looked up.</summary>
    internal IdentifiedRecipient? Identified => RecipientPerson ?? RecipientOrganization ?? (IdentifiedRecipient?)RecipientExternalIdentity;
}

public sealed record EmailRecipient
{
    public required string EmailAddress { get; init; }

    [JsonPropertyName("emailSettings")]
    public required EmailSettings Settings { get; init; }
}

public sealed record SmsRecipient
{
    public required string PhoneNumber { get; init; }

    [JsonPropertyName("smsSettings")]
    public required SmsSettings Settings { get; init; }
}

/// <summary>Somebody whose addresses are looked up, with the channels that may be used and a text for each of them.</summary>
public abstract record IdentifiedRecipient
{
    public required ChannelSchema ChannelSchema { get; init; }

    /// <summary>What the message is about: <c>urn:altinn:resource:</c> and an id.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What somebody must be allowed to do with the resource to be told on behalf of an organization; <c>read</c> when it is left out.</summary>
    public string? ResourceAction { get; init; }
    public EmailSettings? EmailSettings { get; init; }
    public SmsSettings? SmsSettings { get; init; }
}

public sealed record PersonRecipient : IdentifiedRecipient
{
    public required string NationalIdentityNumber { get; init; }

    /// <summary>Send although the person has reserved themselves against digital communication.</summary>
    public bool IgnoreReservation { get; init; }

    /// <summary>Use contact information that its owner has not confirmed for 18 months.</summary>
    public bool UseStaleContactInformation { get; init; }
}

/// <summary>An organization: its official addresses, and with <c>resourceId</c> also its people who may act on that resource.</summary>
public sealed record OrganizationRecipient : IdentifiedRecipient
{
    public required string OrgNumber { get; init; }
}

/// <summary>Somebody without a Norwegian number, known by a URN of an e-mail login or a user name.</summary>
public sealed record ExternalIdentityRecipient : IdentifiedRecipient
{
    public required string ExternalIdentity { get; init; }
}

public record EmailSettings
{
    /// <summary>Needed where there is no <c>template</c>, and so is the body.</summary>
    public string Subject { get; init; } = "";
    public string Body { get; init; } = "";

    /// <summary>Instead of subject, body and <c>contentType</c>.</summary>
    public OrderedTemplate? Template { get; init; }
    public string? SenderEmailAddress { get; init; }
    public EmailContentType ContentType { get; init; } = EmailContentType.Plain;
    public SendingTimePolicy SendingTimePolicy { get; init => field = value.OrAnytime(); } = SendingTimePolicy.Anytime;

    /// <summary>By the languages that it is written in; null where everybody is told the same, and for whom none of them is: the subject and the body.</summary>
    internal IReadOnlyDictionary<string, EmailText>? Texts { get; init; }

    /// <summary>The template and its version, where the text is made of one.</summary>
    internal string? MadeOf { get; init; }
}

public sealed record SmsSettings
{
    /// <summary>Needed where there is no <c>template</c>.</summary>
    public string Body { get; init; } = "";

    /// <summary>Instead of the body.</summary>
    public OrderedTemplate? Template { get; init; }
    public string? Sender { get; init; }

    public SendingTimePolicy SendingTimePolicy { get; init => field = value.OrAnytime(); } = SendingTimePolicy.Daytime;

    /// <summary>By the languages that it is written in; null where everybody is told the same, and for whom none of them is: the body.</summary>
    internal IReadOnlyDictionary<string, string>? Texts { get; init; }

    /// <summary>The template and its version, where the text is made of one.</summary>
    internal string? MadeOf { get; init; }
}

internal static class AppLibraryPolicy
{
    /// <summary>0 is read as Anytime: clients built on the app library number their policies from there.</summary>
    public static SendingTimePolicy OrAnytime(this SendingTimePolicy policy) => policy == default ? SendingTimePolicy.Anytime : policy;
}

/// <summary>The answer to an accepted order, the same when it is sent again.</summary>
public sealed record OrderResponse(Guid NotificationOrderId, OrderResponse.Main Notification)
{
    /// <summary>What the request says that nobody reads; left out when there is nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public sealed record Main(Guid ShipmentId, string? SendersReference, IReadOnlyList<Reminder>? Reminders);

    public sealed record Reminder(Guid ShipmentId, string? SendersReference);
}
