using System.Text.Json.Serialization;
using Notifications.Api.Templates;
using Notifications.Store;

namespace Notifications.Api.Orders;

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
