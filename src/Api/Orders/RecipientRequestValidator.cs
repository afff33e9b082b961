using FluentValidation;
using Notifications.Api.Templates;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Orders;

public sealed class RecipientRequestValidator : AbstractValidator<RecipientRequest>
{
    public RecipientRequestValidator(RecipientSettings settings)
    {
        RuleFor(r => r).Must(r => Members(r).Count(m => m is not null) == 1).OverridePropertyName("")
            .WithMessage("Give exactly one recipient: recipientEmail, recipientSms, recipientPerson, recipientOrganization or recipientExternalIdentity.");
        RuleFor(r => r.RecipientEmail!).SetValidator(new EmailRecipientValidator()).When(r => r.RecipientEmail is not null);
        RuleFor(r => r.RecipientSms!).SetValidator(new SmsRecipientValidator()).When(r => r.RecipientSms is not null);
        RuleFor(r => r.RecipientPerson!).SetValidator(new PersonRecipientValidator(settings)).When(r => r.RecipientPerson is not null);
        RuleFor(r => r.RecipientOrganization!).SetValidator(new OrganizationRecipientValidator(settings)).When(r => r.RecipientOrganization is not null);
        RuleFor(r => r.RecipientExternalIdentity!).SetValidator(new ExternalIdentityRecipientValidator()).When(r => r.RecipientExternalIdentity is not null);
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

/// <summary>What holds for everybody whose addresses are looked up.</summary>
public abstract class IdentifiedRecipientValidator<T> : AbstractValidator<T>
    where T : IdentifiedRecipient
{
    protected IdentifiedRecipientValidator()
    {
        RuleFor(r => r.ChannelSchema).IsInEnum();
        RuleFor(r => r.EmailSettings).NotNull().When(r => r.ChannelSchema != ChannelSchema.Sms)
            .WithMessage(r => $"emailSettings is required for the channel schema {r.ChannelSchema}.");
        RuleFor(r => r.SmsSettings).NotNull().When(r => r.ChannelSchema != ChannelSchema.Email)
            .WithMessage(r => $"smsSettings is required for the channel schema {r.ChannelSchema}.");
        RuleFor(r => r.EmailSettings!).SetValidator(new EmailSettingsValidator()).When(r => r.EmailSettings is not null);
        RuleFor(r => r.SmsSettings!).SetValidator(new SmsSettingsValidator()).When(r => r.SmsSettings is not null);
        RuleFor(r => r.ResourceId).Must(ResourceUrn.IsValid).When(r => r.ResourceId is not null)
            .WithMessage($"Give the resource as {ResourceUrn.Prefix} followed by its id.");
        RuleFor(r => r.ResourceAction).Must((r, action) => string.IsNullOrEmpty(action) || (r.ResourceId is not null && !string.IsNullOrWhiteSpace(action)))
            .WithMessage("resourceAction is an action on the resource that resourceId names.");
    }
}

public sealed class PersonRecipientValidator : IdentifiedRecipientValidator<PersonRecipient>
{
    public PersonRecipientValidator(RecipientSettings settings)
    {
        RuleFor(p => p.NationalIdentityNumber).Must(IdentityNumber.HasItsShape).WithMessage("Give a national identity number of 11 digits.")
            .DependentRules(() => RuleFor(p => p.NationalIdentityNumber).Must(n => IdentityNumber.IsPerson(n, settings.IdentityNumbers))
                .WithMessage("The digits are no national identity number."));
    }
}

public sealed class OrganizationRecipientValidator : IdentifiedRecipientValidator<OrganizationRecipient>
{
    public OrganizationRecipientValidator(RecipientSettings settings)
    {
        RuleFor(o => o.OrgNumber).Must(OrganizationNumber.HasItsShape).WithMessage("Give an organization number of 9 digits.")
            .DependentRules(() => RuleFor(o => o.OrgNumber).Must(n => OrganizationNumber.IsOrganization(n, settings.IdentityNumbers))
                .WithMessage("The digits are no organization number."));
    }
}

public sealed class ExternalIdentityRecipientValidator : IdentifiedRecipientValidator<ExternalIdentityRecipient>
{
    public ExternalIdentityRecipientValidator() => RuleFor(e => e.ExternalIdentity).Must(ExternalIdentityUrn.IsValid)
        .WithMessage($"Give {string.Join(", ", ExternalIdentityUrn.Prefixes)}, followed by what it names.");
}

public sealed class EmailSettingsValidator : AbstractValidator<EmailSettings>
{
    public EmailSettingsValidator()
    {
        When(e => e.Template is null, () =>
        {
            RuleFor(e => e.Subject).Subject();
            RuleFor(e => e.Body).NotEmpty();
        });
        RuleFor(e => e.Template!).SetValidator(new OrderedTemplateValidator()).When(e => e.Template is not null);
        RuleFor(e => e.Template).Must((e, _) => string.IsNullOrEmpty(e.Subject) && string.IsNullOrEmpty(e.Body)).When(e => e.Template is not null)
            .WithMessage("Give a template, or a subject and a body.");
        RuleFor(e => e.ContentType).IsInEnum();
        RuleFor(e => e.SenderEmailAddress).EmailSender();
        RuleFor(e => e.SendingTimePolicy).Must(p => p == SendingTimePolicy.Anytime).WithMessage("E-mail can only be sent Anytime.");
    }
}

public sealed class SmsSettingsValidator : AbstractValidator<SmsSettings>
{
    public SmsSettingsValidator()
    {
        When(s => s.Template is null, () => RuleFor(s => s.Body).SmsText());
        RuleFor(s => s.Template!).SetValidator(new OrderedTemplateValidator()).When(s => s.Template is not null);
        RuleFor(s => s.Template).Must((s, _) => string.IsNullOrEmpty(s.Body)).When(s => s.Template is not null).WithMessage("Give a template or a body.");
        RuleFor(s => s.Sender).SmsSender();
        RuleFor(s => s.SendingTimePolicy).Must(p => p is SendingTimePolicy.Anytime or SendingTimePolicy.Daytime)
            .WithMessage("Give Anytime or Daytime.");
    }
}
