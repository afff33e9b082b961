using System.Text.Json.Serialization;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Instant;

/// <summary>The body of <c>POST /future/orders/instant/email</c>.</summary>
public sealed record InstantEmailRequest : InstantRequest
{
    [JsonPropertyName("recipientEmail")]
    public required InstantEmailDetails InstantEmailDetails { get; init; }

    internal override OrderKind Kind => OrderKind.InstantEmail;

    internal override string Fingerprint() => Orders.Fingerprint.Of(this, WireJson.Options);

    internal override InstantMessage Message()
    {
        var settings = InstantEmailDetails.EmailSettings;
        return new(
            Channel.Email, InstantEmailDetails.EmailAddress.Trim(), Expiry.AfterSendTime, ShipmentsOf.Given(settings.SenderEmailAddress),
            settings.Subject.ReplaceLineEndings(" "), settings.Body, settings.ContentType);
    }
}

public sealed record InstantEmailDetails
{
    public required string EmailAddress { get; init; }
    public required InstantEmailContent EmailSettings { get; init; }
}

public sealed record InstantEmailContent
{
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public string? SenderEmailAddress { get; init; }
    public EmailContentType ContentType { get; init; } = EmailContentType.Plain;
}
