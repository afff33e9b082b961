using FluentValidation;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Apps;

public sealed class RuleRequestValidator : AbstractValidator<RuleRequest>
{
    public const int MostStops = 20;

    public RuleRequestValidator(RecipientSettings settings)
    {
        RuleFor(r => r.App).Must(InstanceConditionRequest.IsApp).WithMessage(InstanceConditionRequestValidator.WhatAnAppIs);
        RuleFor(r => r.On).NotNull().SetValidator(new RuleTriggerValidator());
        RuleFor(r => r.Recipient).Must(recipient => recipient is null || recipient.IsOne).WithMessage("Give one recipient.");
        RuleFor(r => r.Recipient).Must(recipient => recipient is null || IsWellFormed(recipient, settings)).When(r => r.Recipient is { IsOne: true }).WithMessage("The recipient is not written as it should be.");
        RuleFor(r => r.Order!).SetValidator(r => new RuleOrderValidator(r.Schema)).When(r => r.Order is not null);
        RuleFor(r => r.Texts).NotNull().SetValidator(r => new RuleTextsValidator(r.Schema));
        RuleFor(r => r.Condition!).SetValidator(new InstancePredicateValidator<InstancePredicateRequest>()).When(r => r.Condition is not null);
        RuleFor(r => r.StopOn).Must(stops => stops is null || stops.Count <= MostStops).WithMessage($"Give at most {MostStops} events.");
        RuleForEach(r => r.StopOn).AppEvent();
    }

    private static bool IsWellFormed(RuleRecipient r, RecipientSettings settings) =>
        (r.NationalIdentityNumber is null || IdentityNumber.IsPerson(r.NationalIdentityNumber, settings.IdentityNumbers))
        && (r.OrgNumber is null || OrganizationNumber.IsOrganization(r.OrgNumber, settings.IdentityNumbers))
        && (r.ExternalIdentity is null || ExternalIdentityUrn.IsValid(r.ExternalIdentity))
        && (r.EmailAddress is null || Addresses.IsEmail(r.EmailAddress))
        && (r.PhoneNumber is null || Addresses.IsMobile(r.PhoneNumber));
}

public sealed class RuleTriggerValidator : AbstractValidator<RuleTrigger>
{
    public RuleTriggerValidator()
    {
        RuleFor(t => t.Event).Must(e => AppEventTypes.Steps.Contains(e, StringComparer.Ordinal)).WithMessage($"Give one of {string.Join(", ", AppEventTypes.Steps)}.");
        RuleFor(t => t.Task).NotEmpty().MaximumLength(InstanceConditionRequestValidator.LongestName).When(t => t.Event == AppEventTypes.MovedTo);
        RuleFor(t => t.Task).Null().When(t => t.Event != AppEventTypes.MovedTo).WithMessage($"This says something only with {AppEventTypes.MovedTo}.");
    }
}

public sealed class RuleOrderValidator : AbstractValidator<RuleOrder>
{
    public RuleOrderValidator(ChannelSchema schema)
    {
        RuleFor(o => o.ChannelSchema).IsInEnum();
        RuleFor(o => o.ResourceId).Must(ResourceUrn.IsValid).When(o => o.ResourceId is not null).WithMessage($"Give the resource as {ResourceUrn.Prefix} followed by its id.");
        RuleFor(o => o.EmailSettings!).SetValidator(new RuleEmailSettingsValidator()).When(o => o.EmailSettings is not null);
        RuleFor(o => o.SmsSettings!).SetValidator(new RuleSmsSettingsValidator()).When(o => o.SmsSettings is not null);
        RuleFor(o => o.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(o => o.SendAfter).Must(after => IsoDuration.Parse(after) is { } time && time.TotalDays <= OrderRequestValidator.LongestDelayDays).When(o => o.SendAfter is not null)
            .WithMessage("Give a duration such as PT2H.");
        RuleFor(o => o.ConditionEndpoint).ConditionEndpoint();
        RuleFor(o => o.ConditionOnError).IsInEnum();
        RuleFor(o => o.SendingWindow!).SetValidator(new SendingWindowRequestValidator()).When(o => o.SendingWindow is not null);
        RuleFor(o => o.Fallback).IsInEnum();
        RuleFor(o => o.FallbackAfter).FallbackAfter(o => o.Fallback, _ => schema is ChannelSchema.EmailPreferred or ChannelSchema.SmsPreferred);
        RuleFor(o => o.ReminderPolicy).IsInEnum();
        RuleForEach(o => o.Reminders).NotNull().SetValidator(new RuleReminderValidator(schema));
        RuleFor(o => o.ReminderPlan!).SetValidator(new RuleReminderPlanValidator(schema)).When(o => o.ReminderPlan is not null);
    }
}

public sealed class RuleEmailSettingsValidator : AbstractValidator<RuleEmailSettings>
{
    public RuleEmailSettingsValidator()
    {
        RuleFor(e => e.SenderEmailAddress).EmailSender();
        RuleFor(e => e.ContentType).IsInEnum();
    }
}

public sealed class RuleSmsSettingsValidator : AbstractValidator<RuleSmsSettings>
{
    public RuleSmsSettingsValidator()
    {
        RuleFor(s => s.Sender).SmsSender();
        RuleFor(s => s.SendingTimePolicy).IsInEnum();
    }
}

public sealed class RuleReminderValidator : AbstractValidator<RuleReminder>
{
    public RuleReminderValidator(ChannelSchema schema)
    {
        RuleFor(r => r.DelayDays).InclusiveBetween(1, OrderRequestValidator.LongestDelayDays);
        RuleFor(r => r.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(r => r.Texts!).SetValidator(new RuleTextsValidator(schema)).When(r => r.Texts is not null);
        RuleFor(r => r.Condition!).SetValidator(new InstancePredicateValidator<InstancePredicateRequest>()).When(r => r.Condition is not null);
    }
}

public sealed class RuleReminderPlanValidator : AbstractValidator<RuleReminderPlan>
{
    public RuleReminderPlanValidator(ChannelSchema schema)
    {
        RuleFor(p => p.Every).Must(ReminderPlanRequestValidator.IsWholeDays).WithMessage($"Give a duration of whole days, such as P7D; at most {OrderRequestValidator.LongestDelayDays} days.");
        RuleFor(p => p.Max).InclusiveBetween(1, ReminderPlanRequest.Most);
        RuleFor(p => p.Texts!).SetValidator(new RuleTextsValidator(schema)).When(p => p.Texts is not null);
        RuleFor(p => p.Condition!).SetValidator(new InstancePredicateValidator<InstancePredicateRequest>()).When(p => p.Condition is not null);
    }
}

public sealed class RuleTextsValidator : AbstractValidator<RuleTexts>
{
    public RuleTextsValidator(ChannelSchema schema)
    {
        RuleFor(t => t).Must(t => (t.Nb ?? t.Nn ?? t.En) is not null).OverridePropertyName("").WithMessage("Give the texts in nb, nn or en at least.");
        RuleFor(t => t.Nb!).SetValidator(new RuleTextValidator(schema)).When(t => t.Nb is not null);
        RuleFor(t => t.Nn!).SetValidator(new RuleTextValidator(schema)).When(t => t.Nn is not null);
        RuleFor(t => t.En!).SetValidator(new RuleTextValidator(schema)).When(t => t.En is not null);
    }
}

public sealed class RuleTextValidator : AbstractValidator<RuleText>
{
    public RuleTextValidator(ChannelSchema schema)
    {
        if (schema != ChannelSchema.Sms)
        {
            RuleFor(t => t.EmailSubject).Subject();
            RuleFor(t => t.EmailBody).NotEmpty();
        }
        if (schema != ChannelSchema.Email)
            RuleFor(t => t.SmsBody).SmsText();
    }
}

internal static class AppEventRule
{
    private const int LongestType = 200;

    public static void AppEvent<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(type => type is not null && type.StartsWith(AppEventTypes.Prefix, StringComparison.Ordinal) && type.Length <= LongestType)
        .WithMessage($"Give the type of an app's event, such as {AppEventTypes.Completed}.")
        .Must(type => type != AppEventTypes.MovedTo).WithMessage($"Say which task: {AppEventTypes.MovedToTask("Task_3")}, for instance.");
}
