using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>What the three orders of the first version have in common: one text, many recipients.</summary>
public abstract record V1OrderRequest
{
    /// <summary>Free text that comes back in answers, and by which orders are found.</summary>
    public string? SendersReference { get; init; }

    /// <summary>When to send, with a time zone; at once when it is left out.</summary>
    public DateTime? RequestedSendTime { get; init; }

    /// <summary>An address that is asked right before sending, and answers <c>{"sendNotification": true}</c> or <c>false</c>.</summary>
    public Uri? ConditionEndpoint { get; init; }

    public IReadOnlyList<V1RecipientRequest> Recipients { get; init; } = [];

    /// <summary>Send although a person has reserved themselves against digital communication.</summary>
    public bool? IgnoreReservation { get; init; }

    /// <summary>What the message is about; with it, an organization's people who may act on the resource are told too.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What those people must be allowed to do with the resource; <c>read</c> when it is left out.</summary>
    public string? ResourceAction { get; init; }

    /// <summary>Null when the request does not say, or says what nobody knows.</summary>
    internal abstract ChannelSchema? Schema { get; }

    internal abstract EmailTemplate? Email { get; }

    internal abstract SmsTemplate? Sms { get; }
}

/// <summary>The body of <c>POST /orders/email</c>.</summary>
public sealed record EmailOrderRequest : V1OrderRequest
{
    public string Subject { get; init; } = "";
    public string Body { get; init; } = "";
    public EmailContentType? ContentType { get; init; }

    internal override ChannelSchema? Schema => ChannelSchema.Email;

    internal override EmailTemplate Email => new() { Subject = Subject, Body = Body, ContentType = ContentType ?? EmailContentType.Plain };

    internal override SmsTemplate? Sms => null;
}

/// <summary>The body of <c>POST /orders/sms</c>.</summary>
public sealed record SmsOrderRequest : V1OrderRequest
{
    public string? SenderNumber { get; init; }
    public string Body { get; init; } = "";

    internal override ChannelSchema? Schema => ChannelSchema.Sms;

    internal override EmailTemplate? Email => null;

    internal override SmsTemplate Sms => new() { SenderNumber = SenderNumber, Body = Body };
}

/// <summary>The body of <c>POST /orders</c>, which may use any channel schema.</summary>
public sealed record AnyOrderRequest : V1OrderRequest
{
    public ChannelSchema? NotificationChannel { get; init; }
    public EmailTemplate? EmailTemplate { get; init; }
    public SmsTemplate? SmsTemplate { get; init; }

    internal override ChannelSchema? Schema => NotificationChannel is { } schema && Enum.IsDefined(schema) ? schema : null;

    internal override EmailTemplate? Email => EmailTemplate;

    internal override SmsTemplate? Sms => SmsTemplate;
}

/// <param name="FromAddress">The sender; ours when it is blank.</param>
public sealed record EmailTemplate(string? FromAddress = "", string Subject = "", string Body = "", EmailContentType ContentType = EmailContentType.Plain);

/// <param name="SenderNumber">The sender; ours when it is blank.</param>
public sealed record SmsTemplate(string? SenderNumber = "", string Body = "");

/// <summary>Whom to tell: by an identifier, whose addresses are looked up, or by addresses.</summary>
public sealed record V1RecipientRequest
{
    public string? EmailAddress { get; init; }
    public string? MobileNumber { get; init; }
    public string? OrganizationNumber { get; init => field = value ?? field; }

    /// <summary>The organization number as the app library spells it.</summary>
    public string? OrganisationNumber { get => OrganizationNumber; init => OrganizationNumber = value; }
    public string? NationalIdentityNumber { get; init; }

    /// <summary>What an earlier answer said of the recipient; not heeded.</summary>
    public bool? IsReserved { get; init; }
}
