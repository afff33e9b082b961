using FluentValidation;
using FluentValidation.Results;
using Notifications.Api.Orders;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>Makes the texts of an order from the templates that it names: once, when it is accepted, so that it keeps the versions it was ordered with.</summary>
internal sealed class OrderedTemplates(TemplateCatalog catalog)
{
    private static readonly EmailSettingsValidator EmailRules = new();
    private static readonly SmsSettingsValidator SmsRules = new();

    public async ValueTask<(OrderRequest Request, IReadOnlyList<ValidationFailure> Failures)> Fill(OrderRequest request, string creator, CancellationToken cancellationToken)
    {
        if (!request.Recipients().Any(r => Named(r.Recipient).Any()))
            return (request, []);

        var filling = new Filling(catalog, creator, cancellationToken);
        var filled = request with
        {
            Recipient = await filling.Fill(request.Recipient, nameof(OrderRequest.Recipient)),
            Reminders = await Reminders(request, filling),
            ReminderPlan = request.ReminderPlan is not { Recipient: { } planned } ? request.ReminderPlan
                : request.ReminderPlan with { Recipient = await filling.Fill(planned, $"{nameof(OrderRequest.ReminderPlan)}.{nameof(ReminderPlanRequest.Recipient)}") },
        };
        if (request.Reminders is null && request.ReminderPlan is null)
            filled = filled with { Reminders = await ReminderOfTemplate(request, filling) };
        return (filled, filling.Failures);
    }

    private static async Task<IReadOnlyList<ReminderRequest>?> Reminders(OrderRequest request, Filling filling)
    {
        if (request.Reminders is null)
            return null;

        var reminders = new List<ReminderRequest>();
        foreach (var (reminder, index) in request.Reminders.Select((r, i) => (r, i)))
            reminders.Add(reminder with { Recipient = await filling.Fill(reminder.Recipient, $"{nameof(OrderRequest.Reminders)}[{index}].{nameof(ReminderRequest.Recipient)}") });
        return reminders;
    }

    /// <summary>The reminder that the template of the main shipment brings, for an order that has none of its own.</summary>
    private static async Task<IReadOnlyList<ReminderRequest>?> ReminderOfTemplate(OrderRequest request, Filling filling)
    {
        var named = Named(request.Recipient).ToArray();
        foreach (var template in named)
        {
            if ((await filling.Find(template))?.Content.Reminder is { } reminder)
            {
                return
                [
                    new ReminderRequest
                    {
                        SendersReference = request.SendersReference,
                        DelayDays = reminder.AfterDays,
                        ConditionEndpoint = named.Select(t => t.ReminderConditionEndpoint).FirstOrDefault(address => address is not null),
                        Recipient = await filling.Fill(request.Recipient, nameof(OrderRequest.Recipient), isReminder: true),
                    },
                ];
            }
        }
        return null;
    }

    private static IEnumerable<OrderedTemplate> Named(RecipientRequest recipient) => new[]
    {
        (recipient.RecipientEmail?.Settings ?? recipient.Identified?.EmailSettings)?.Template,
        (recipient.RecipientSms?.Settings ?? recipient.Identified?.SmsSettings)?.Template,
    }.OfType<OrderedTemplate>();

    /// <summary>One order's templates, each of which is read once.</summary>
    private sealed class Filling(TemplateCatalog catalog, string creator, CancellationToken cancellationToken)
    {
        private readonly Dictionary<(string Name, int? Version), FoundTemplate?> _found = [];

        public List<ValidationFailure> Failures { get; } = [];

        public async Task<FoundTemplate?> Find(OrderedTemplate ordered)
        {
            if (!_found.TryGetValue((ordered.Name, ordered.Version), out var found))
                _found[(ordered.Name, ordered.Version)] = found = await catalog.Find(creator, ordered.Name, ordered.Version, cancellationToken);
            return found;
        }

        public async Task<RecipientRequest> Fill(RecipientRequest recipient, string path, bool isReminder = false) => recipient switch
        {
            { RecipientEmail: { } email } => recipient with { RecipientEmail = email with { Settings = (await Email(email.Settings, $"{path}.{nameof(recipient.RecipientEmail)}.{nameof(email.Settings)}", isReminder))! } },
            { RecipientSms: { } sms } => recipient with { RecipientSms = sms with { Settings = (await Sms(sms.Settings, $"{path}.{nameof(recipient.RecipientSms)}.{nameof(sms.Settings)}", isReminder))! } },
            { RecipientPerson: { } person } => recipient with { RecipientPerson = await Both(person, $"{path}.{nameof(recipient.RecipientPerson)}", isReminder) },
            { RecipientOrganization: { } organization } => recipient with { RecipientOrganization = await Both(organization, $"{path}.{nameof(recipient.RecipientOrganization)}", isReminder) },
            { RecipientExternalIdentity: { } identity } => recipient with { RecipientExternalIdentity = await Both(identity, $"{path}.{nameof(recipient.RecipientExternalIdentity)}", isReminder) },
            _ => recipient,
        };

        private async Task<T> Both<T>(T recipient, string path, bool isReminder)
            where T : IdentifiedRecipient => recipient with
            {
                EmailSettings = await Email(recipient.EmailSettings, $"{path}.{nameof(recipient.EmailSettings)}", isReminder),
                SmsSettings = await Sms(recipient.SmsSettings, $"{path}.{nameof(recipient.SmsSettings)}", isReminder),
            };

        private async Task<EmailSettings?> Email(EmailSettings? settings, string path, bool isReminder)
        {
            if (settings?.Template is not { } ordered || await Make(ordered, path, isReminder, t => t.Body is not null, "e-mail") is not { } made)
                return settings;

            foreach (var (language, text) in made.Texts)
                Refuse(EmailRules.Validate(new EmailSettings { Subject = text.Subject!, Body = text.Body! }), language, path);
            return settings with
            {
                Subject = made.Own.Subject!,
                Body = made.Own.Body!,
                ContentType = made.Template.Content.ContentType,
                Texts = made.InLanguages(t => new EmailText(t.Subject!, t.Body!)),
                MadeOf = made.Version,
            };
        }

        private async Task<SmsSettings?> Sms(SmsSettings? settings, string path, bool isReminder)
        {
            if (settings?.Template is not { } ordered || await Make(ordered, path, isReminder, t => t.Sms is not null, "SMS") is not { } made)
                return settings;

            foreach (var (language, text) in made.Texts)
                Refuse(SmsRules.Validate(new SmsSettings { Body = text.Sms! }), language, path);
            return settings with { Body = made.Own.Sms!, Texts = made.InLanguages(t => t.Sms!), MadeOf = made.Version };
        }

        /// <summary>Null, and a failure, when there is no such text or what the order gives does not fit into it.</summary>
        private async Task<FilledTemplate?> Make(OrderedTemplate ordered, string path, bool isReminder, Func<TemplateText, bool> has, string channel)
        {
            var template = await Find(ordered);
            var texts = template?.Content.TextsOf(isReminder);
            if (template is null || texts is null)
                return Refuse($"{path}.Template.Name", ordered.Version is null ? "You have no such template." : "You have no such version of a template.");
            if (template.RetiredAt is not null)
                return Refuse($"{path}.Template.Name", "The template is retired.");
            if (!texts.Values.All(has))
                return Refuse($"{path}.Template.Name", $"The template has no text for {channel}.");
            if (ordered.ReminderConditionEndpoint is not null && template.Content.Reminder is null)
                return Refuse($"{path}.Template.{nameof(OrderedTemplate.ReminderConditionEndpoint)}", "The template brings no reminder.");

            var (values, errors) = TemplateFilling.Read(template.Content, ordered.Tokens);
            foreach (var (name, error) in errors)
                Refuse(TokenKey(path, name), error);
            return errors.Count > 0 ? null : FilledTemplate.Of(template, values, ordered.Language, isReminder);
        }

        /// <summary>A name that no token can have is not made part of a path.</summary>
        private static string TokenKey(string path, string name) =>
            name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? $"{path}.Template.{nameof(OrderedTemplate.Tokens)}.{name}" : $"{path}.Template.{nameof(OrderedTemplate.Tokens)}";

        private void Refuse(ValidationResult result, string language, string path)
        {
            foreach (var failure in result.Errors)
                Refuse($"{path}.Template", $"Filled in, in {language}: {failure.ErrorMessage}");
        }

        private FilledTemplate? Refuse(string key, string why)
        {
            if (!Failures.Any(f => f.PropertyName == key && f.ErrorMessage == why))
                Failures.Add(new ValidationFailure(key, why));
            return null;
        }
    }
}
