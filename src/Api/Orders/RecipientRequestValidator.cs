using System.Xml;
using FluentValidation;
using Notifications.Store;

namespace Notifications.Api.Orders;

public sealed class RecipientRequestValidator : AbstractValidator<RecipientRequest>
{
    public RecipientRequestValidator()
    {
        RuleFor(r => r).Must(r => Members(r).Count(m => m is not null) == 1).OverridePropertyName("")
            .WithMessage("Give exactly one recipient: recipientEmail, recipientSms or recipientPerson.");
        RuleFor(r => r.RecipientOrganization).Null().WithMessage("Organizations are not served by this version.");
        RuleFor(r => r.RecipientExternalIdentity).Null().WithMessage("External identities are not served by this version.");
        RuleFor(r => r.RecipientEmail!).SetValidator(new EmailRecipientValidator()).When(r => r.RecipientEmail is not null);
        RuleFor(r => r.RecipientSms!).SetValidator(new SmsRecipientValidator()).When(r => r.RecipientSms is not null);
        RuleFor(r => r.RecipientPerson!).SetValidator(new PersonRecipientValidator()).When(r => r.RecipientPerson is not null);
    }

    private static object?[] Members(RecipientRequest r) =>
        [r.RecipientEmail, r.RecipientSms, r.RecipientPerson, r.RecipientOrganization, r.RecipientExternalIdentity];
}

public sealed class EmailRecipientValidator : AbstractValidator<EmailRecipient>
{
    public EmailRecipientValidator()
    {
        RuleFor(e => e.EmailAddress).Must(Addresses.IsEmail).WithMessage("Give a valid e-mail address.");
        RuleFor(e => e.Settings).NotNull().SetValidator(new EmailSettingsValidator());
    }
}

public sealed class SmsRecipientValidator : AbstractValidator<SmsRecipient>
{
    public SmsRecipientValidator()
    {
        RuleFor(s => s.PhoneNumber).Must(Addresses.IsMobile).WithMessage("Give a mobile number with its country code, such as +4799999999.");
        RuleFor(s => s.Settings).NotNull().SetValidator(new SmsSettingsValidator());
    }
}

public sealed class PersonRecipientValidator : AbstractValidator<PersonRecipient>
{
    public PersonRecipientValidator()
    {
        RuleFor(p => p.NationalIdentityNumber).Must(n => n is { Length: 11 } && n.All(char.IsAsciiDigit))
            .WithMessage("Give a national identity number of 11 digits.");
        RuleFor(p => p.ChannelSchema).IsInEnum();
        RuleFor(p => p.EmailSettings).NotNull().When(p => p.ChannelSchema != ChannelSchema.Sms)
            .WithMessage(p => $"emailSettings is required for the channel schema {p.ChannelSchema}.");
        RuleFor(p => p.SmsSettings).NotNull().When(p => p.ChannelSchema != ChannelSchema.Email)
            .WithMessage(p => $"smsSettings is required for the channel schema {p.ChannelSchema}.");
        RuleFor(p => p.EmailSettings!).SetValidator(new EmailSettingsValidator()).When(p => p.EmailSettings is not null);
        RuleFor(p => p.SmsSettings!).SetValidator(new SmsSettingsValidator()).When(p => p.SmsSettings is not null);
        RuleFor(p => p.ResourceId).Must(r => r is null || (r.StartsWith("urn:altinn:resource:", StringComparison.Ordinal) && r.Length > "urn:altinn:resource:".Length))
            .WithMessage("Give the resource as urn:altinn:resource: followed by its id.");
        RuleFor(p => p.ResourceAction).Must((p, action) => string.IsNullOrEmpty(action) || (p.ResourceId is not null && !string.IsNullOrWhiteSpace(action)))
            .WithMessage("resourceAction is an action on the resource that resourceId names.");
    }
}

public sealed class EmailSettingsValidator : AbstractValidator<EmailSettings>
{
    public EmailSettingsValidator()
    {
        RuleFor(e => e.Subject).NotEmpty();
        RuleFor(e => e.Body).NotEmpty();
        RuleFor(e => e.ContentType).IsInEnum();
        RuleFor(e => e.SenderEmailAddress).Must(Addresses.IsEmail).When(e => !string.IsNullOrWhiteSpace(e.SenderEmailAddress)).WithMessage("Give a valid e-mail address.");
        RuleFor(e => e.SendingTimePolicy).Must(p => p == SendingTimePolicy.Anytime).WithMessage("E-mail can only be sent Anytime.");
    }
}

public sealed class SmsSettingsValidator : AbstractValidator<SmsSettings>
{
    /// <summary>The gateway cuts longer texts without a word (16 parts of 134 characters).</summary>
    public const int LongestText = 2144;

    public SmsSettingsValidator()
    {
        RuleFor(s => s.Body).NotEmpty();
        RuleFor(s => s.Body).Must(body => body is null || body.Length <= LongestText)
            .WithMessage(s => $"The text has {s.Body.Length} characters; the gateway takes {LongestText}.");
        RuleFor(s => s.Sender).Must(sender => sender is null || sender.All(XmlConvert.IsXmlChar))
            .WithMessage("Give a sender of characters that can be read.");
        RuleFor(s => s.SendingTimePolicy).Must(p => p is SendingTimePolicy.Anytime or SendingTimePolicy.Daytime)
            .WithMessage("Give Anytime or Daytime.");
    }
}
