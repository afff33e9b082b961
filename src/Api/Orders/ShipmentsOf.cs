using MassTransit;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>Turns an order request that is valid into the rows it becomes.</summary>
internal sealed class ShipmentsOf(Guid orderId, string creator, OrderRequest request, DateTimeOffset now, bool alwaysUsesStale)
{
    private readonly DateTimeOffset _sendTime = SendTime(request.RequestedSendTime) ?? now;

    /// <summary>The main shipment and then its reminders.</summary>
    public IReadOnlyList<Shipment> All() =>
    [
        Shipment(0, ShipmentType.Notification, _sendTime, Main),
        .. (request.Reminders ?? []).Select((reminder, index) => Shipment(
            index + 1, ShipmentType.Reminder, SendTime(reminder.RequestedSendTime) ?? _sendTime.AddDays(reminder.DelayDays!.Value), reminder)),
    ];

    /// <summary>Whom the main shipment and its reminders are for.</summary>
    public static IReadOnlyList<SoughtRecipients> Sought(OrderRequest request, bool alwaysUsesStale) =>
    [
        .. from recipient in request.Recipients().Select(r => r.Recipient)
           where recipient.Identified is not null
           select new SoughtRecipients(
               recipient.Identified!.ChannelSchema, [Ordered(recipient)], Given(recipient.Identified.ResourceId),
               UsesStale(recipient, alwaysUsesStale), recipient.RecipientPerson?.IgnoreReservation ?? false),
    ];

    /// <summary>The channel of a recipient that is an address and needs no lookup.</summary>
    public static Channel? DirectChannel(RecipientRequest recipient) =>
        recipient.RecipientEmail is not null ? Channel.Email
        : recipient.RecipientSms is not null ? Channel.Sms
        : null;

    /// <summary>What the order says of its main shipment, as a reminder says it of itself.</summary>
    private ReminderRequest Main => new()
    {
        SendersReference = request.SendersReference,
        ConditionEndpoint = request.ConditionEndpoint,
        InstanceCondition = request.InstanceCondition,
        ConditionOnError = request.ConditionOnError,
        Recipient = request.Recipient,
    };

    private Shipment Shipment(int ordinal, ShipmentType type, DateTimeOffset sendTime, ReminderRequest ordered)
    {
        var recipient = ordered.Recipient;
        var person = recipient.RecipientPerson;
        var identified = recipient.Identified;
        var email = recipient.RecipientEmail?.Settings ?? identified?.EmailSettings;
        var sms = recipient.RecipientSms?.Settings ?? identified?.SmsSettings;
        return new Shipment
        {
            Id = NewId.NextGuid(),
            OrderId = orderId,
            Ordinal = ordinal,
            Type = type,
            Creator = creator,
            SendersReference = ordered.SendersReference,
            CreatedAt = now,
            RequestedSendTime = sendTime,
            DelayDays = ordered.DelayDays,
            Recipients = OrderedRecipient.ToJson([Ordered(recipient)]),
            ChannelSchema = identified?.ChannelSchema ?? (recipient.RecipientEmail is not null ? ChannelSchema.Email : ChannelSchema.Sms),
            IgnoreReservation = person?.IgnoreReservation,
            UseStaleContactInformation = UsesStale(recipient, alwaysUsesStale),
            ResourceId = Given(identified?.ResourceId),
            ResourceAction = Given(identified?.ResourceAction),
            EmailSender = Given(email?.SenderEmailAddress),
            EmailSubject = email?.Subject.ReplaceLineEndings(" "),
            EmailBody = email?.Body,
            EmailContentType = email?.ContentType,
            SmsSender = Given(sms?.Sender),
            SmsBody = sms?.Body,
            SmsSendingTimePolicy = sms?.SendingTimePolicy,
            Texts = Texts(email, sms),
            ConditionEndpoint = ordered.ConditionEndpoint?.AbsoluteUri,
            InstanceConditions = ordered.InstanceCondition is { } condition ? InstanceCondition.ToJson([.. condition.All()]) : null,
            ConditionOnError = ordered.ConditionOnError,
            Fallback = request.Fallback,
            FallbackAfter = IsoDuration.Parse(request.FallbackAfter),
            SendingWindow = request.SendingWindow?.ToWindow().Format(),
        };
    }

    /// <summary>Null where nothing is said in several languages, or made of a template.</summary>
    private static string? Texts(EmailSettings? email, SmsSettings? sms) => (email?.Texts ?? (object?)email?.MadeOf ?? sms?.Texts ?? (object?)sms?.MadeOf) is null ? null : new ShipmentTexts
    {
        Email = email?.Texts?.ToDictionary(t => t.Key, t => t.Value with { Subject = t.Value.Subject.ReplaceLineEndings(" ") }, StringComparer.Ordinal),
        Sms = sms?.Texts,
        EmailTemplate = email?.MadeOf,
        SmsTemplate = sms?.MadeOf,
    }.ToJson();

    private static bool UsesStale(RecipientRequest recipient, bool always) =>
        recipient.RecipientPerson is { } person && (person.UseStaleContactInformation || always);

    private static OrderedRecipient Ordered(RecipientRequest recipient) => new()
    {
        Email = recipient.RecipientEmail?.EmailAddress.Trim(),
        Mobile = recipient.RecipientSms?.PhoneNumber,
        NationalIdentityNumber = recipient.RecipientPerson?.NationalIdentityNumber,
        OrganizationNumber = recipient.RecipientOrganization?.OrgNumber,
        ExternalIdentity = recipient.RecipientExternalIdentity?.ExternalIdentity,
    };

    internal static DateTimeOffset? SendTime(DateTime? requested) => requested is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null;

    /// <summary>Null for a text of nothing but spaces.</summary>
    internal static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
