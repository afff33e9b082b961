using System.Text.Json.Serialization;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>What every answer about one order of the first version begins with: the order as it was accepted.</summary>
public abstract record V1OrderBase
{
    [JsonPropertyOrder(-1)] public required Guid Id { get; init; }
    [JsonPropertyOrder(-1)] public string? SendersReference { get; init; }
    [JsonPropertyOrder(-1)] public required DateTime RequestedSendTime { get; init; }
    [JsonPropertyOrder(-1)] public required string Creator { get; init; }
    [JsonPropertyOrder(-1)] public required DateTime Created { get; init; }
    [JsonPropertyOrder(-1)] public required ChannelSchema NotificationChannel { get; init; }
    [JsonPropertyOrder(-1)] public bool? IgnoreReservation { get; init; }
    [JsonPropertyOrder(-1)] public string? ResourceId { get; init; }
    [JsonPropertyOrder(-1)] public string? ResourceAction { get; init; }
    [JsonPropertyOrder(-1)] public string? ConditionEndpoint { get; init; }
}

/// <summary>An order with all that it says.</summary>
public sealed record V1Order : V1OrderBase
{
    public required IReadOnlyList<Recipient> Recipients { get; init; }
    public EmailTemplate? EmailTemplate { get; init; }
    public SmsTemplate? SmsTemplate { get; init; }
    public required OrderLinks Links { get; init; }

    public static V1Order Of(Shipment shipment, SenderSettings senders, PublicAddress address) => new()
    {
        Id = shipment.Id,
        SendersReference = shipment.SendersReference,
        RequestedSendTime = shipment.RequestedSendTime.UtcDateTime,
        Creator = shipment.Creator,
        Created = shipment.CreatedAt.UtcDateTime,
        NotificationChannel = shipment.ChannelSchema,
        IgnoreReservation = shipment.IgnoreReservation,
        ResourceId = shipment.ResourceId,
        ResourceAction = shipment.ResourceAction,
        ConditionEndpoint = shipment.ConditionEndpoint,
        Recipients = [.. OrderedRecipient.FromJson(shipment.Recipients).Select(r => new Recipient(r.Email, r.Mobile, r.OrganizationNumber, r.NationalIdentityNumber))],
        EmailTemplate = shipment.EmailBody is { } email
            ? new EmailTemplate(shipment.EmailSender ?? senders.DefaultEmail, shipment.EmailSubject!, email, shipment.EmailContentType!.Value) : null,
        SmsTemplate = shipment.SmsBody is { } sms ? new SmsTemplate(shipment.SmsSender ?? senders.DefaultSms, sms) : null,
        Links = new OrderLinks(address.Of($"orders/{shipment.Id}"), address.Of($"orders/{shipment.Id}/status")),
    };

    /// <summary>Empty for an external identity, which this version of the API has no name for.</summary>
    public sealed record Recipient(string? EmailAddress, string? MobileNumber, string? OrganizationNumber, string? NationalIdentityNumber);

    public sealed record OrderLinks(string Self, string Status);
}
