using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Consumers.Apps;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>The order of a rule for one instance.</summary>
/// <param name="rule">What its owner wants.</param>
/// <param name="instanceId">Which instance.</param>
/// <param name="instance">As it is.</param>
/// <param name="step">The step that it has come to.</param>
internal sealed class RuleOrders(RuleRequest rule, string instanceId, Instance instance, ProcessStep step)
{
    /// <summary>Whom it is for; null when the instance's owner is nobody who could be told.</summary>
    public RuleRecipient? Recipient { get; } = !rule.To.IsInstanceOwner ? rule.To : instance.InstanceOwner switch
    {
        { OrganisationNumber: { Length: > 0 } number } => new() { OrgNumber = number },
        { PersonNumber: { Length: > 0 } number } => new() { NationalIdentityNumber = number },
        { ExternalIdentifier: { Length: > 0 } urn } => new() { ExternalIdentity = urn },
        _ => null,
    };

    /// <param name="now">The order is sent then, or as long afterwards as the rule says.</param>
    public OrderRequest Order(DateTimeOffset now)
    {
        var order = rule.Ordered;
        return new OrderRequest
        {
            IdempotencyId = step.Key,
            SendersReference = Reference(order.SendersReference),
            RequestedSendTime = (now + (IsoDuration.Parse(order.SendAfter) ?? TimeSpan.Zero)).UtcDateTime,
            ConditionEndpoint = order.ConditionEndpoint,
            InstanceCondition = Condition(rule.Condition),
            ConditionOnError = order.ConditionOnError,
            Recipient = To(rule.Texts),
            SendingWindow = order.SendingWindow,
            Fallback = order.Fallback,
            FallbackAfter = order.FallbackAfter,
            ReminderPolicy = order.ReminderPolicy,
            StopOn = rule.StopOn,
            Reminders = order.Reminders?.Select(r => new ReminderRequest
            {
                SendersReference = Reference(r.SendersReference ?? order.SendersReference),
                ConditionEndpoint = order.ConditionEndpoint,
                InstanceCondition = Condition(r.Condition ?? rule.Condition),
                ConditionOnError = order.ConditionOnError,
                DelayDays = r.DelayDays,
                Recipient = To(r.Texts ?? rule.Texts),
            }).ToArray(),
            ReminderPlan = order.ReminderPlan is not { } plan ? null : new ReminderPlanRequest
            {
                Every = plan.Every,
                Max = plan.Max,
                SendersReference = Reference(order.SendersReference),
                ConditionEndpoint = order.ConditionEndpoint,
                InstanceCondition = Condition(plan.Condition ?? rule.Condition),
                ConditionOnError = order.ConditionOnError,
                Recipient = To(plan.Texts ?? rule.Texts),
            },
        };
    }

    private string Reference(string? given) => given ?? $"app-{instanceId}";

    /// <summary>The step, and what its owner wants besides; a task that the instance is in is meant as it is in it now.</summary>
    private InstanceConditionRequest Condition(InstancePredicateRequest? besides) => step.Condition(rule.App, instanceId) with
    {
        And = besides is null ? null : new InstanceConditionRequest
        {
            App = rule.App,
            InstanceId = instanceId,
            Predicate = besides.Predicate,
            Task = besides.Task,
            OlderThan = besides.OlderThan,
            DataType = besides.DataType,
            Label = besides.Label,
            Since = instance.Process?.CurrentTask is { } current && current.ElementId == besides.Task ? current.Started : null,
        },
    };

    private RecipientRequest To(RuleTexts texts)
    {
        var (order, email, sms) = (rule.Ordered, Email(texts), Sms(texts));
        return Recipient! switch
        {
            { EmailAddress: { } address } => new() { RecipientEmail = new() { EmailAddress = address, Settings = email! } },
            { PhoneNumber: { } number } => new() { RecipientSms = new() { PhoneNumber = number, Settings = sms! } },
            { NationalIdentityNumber: { } number } => new()
            {
                RecipientPerson = new()
                {
                    NationalIdentityNumber = number, ChannelSchema = rule.Schema, ResourceId = Resource, ResourceAction = order.ResourceAction, EmailSettings = email, SmsSettings = sms,
                    IgnoreReservation = order.IgnoreReservation, UseStaleContactInformation = order.UseStaleContactInformation,
                },
            },
            { OrgNumber: { } number } => new()
            {
                RecipientOrganization = new() { OrgNumber = number, ChannelSchema = rule.Schema, ResourceId = Resource, ResourceAction = order.ResourceAction, EmailSettings = email, SmsSettings = sms },
            },
            var external => new()
            {
                RecipientExternalIdentity = new()
                {
                    ExternalIdentity = external.ExternalIdentity!, ChannelSchema = rule.Schema, ResourceId = Resource, ResourceAction = order.ResourceAction, EmailSettings = email, SmsSettings = sms,
                },
            },
        };
    }

    private EmailSettings? Email(RuleTexts texts)
    {
        var settings = rule.Ordered.EmailSettings ?? new RuleEmailSettings();
        var (own, inLanguages) = texts.Over(text => text is { EmailSubject: { } subject, EmailBody: { } body } ? new EmailText(subject, body) : null);
        return own is null ? null : new EmailSettings
        {
            Subject = own.Subject, Body = own.Body, SenderEmailAddress = settings.SenderEmailAddress, ContentType = settings.ContentType, Texts = inLanguages,
        };
    }

    private SmsSettings? Sms(RuleTexts texts)
    {
        var settings = rule.Ordered.SmsSettings ?? new RuleSmsSettings();
        var (own, inLanguages) = texts.Over(text => text.SmsBody);
        return own is null ? null : new SmsSettings { Body = own, Sender = settings.Sender, SendingTimePolicy = settings.SendingTimePolicy, Texts = inLanguages };
    }

    private string Resource => rule.Ordered.ResourceId ?? ResourceOf(rule.App);

    /// <summary>The app as a resource.</summary>
    public static string ResourceOf(string app) => $"{ResourceUrn.Prefix}app_{app.Replace('/', '_')}";
}
