using System.Text.RegularExpressions;
using FluentValidation;
using Notifications.Api.Orders;
using Notifications.Sagas;

namespace Notifications.Api.Templates;

/// <summary>What a template must be so that every order that fills it in can be sent in each of its languages.</summary>
public sealed partial class TemplateRequestValidator : AbstractValidator<TemplateRequest>
{
    private const int LongestDescription = 1000;
    private const int MostTokens = 100;

    public TemplateRequestValidator()
    {
        RuleFor(t => t.Description).MaximumLength(LongestDescription);
        RuleFor(t => t.ContentType).IsInEnum();
        RuleFor(t => t.Language).Language();
        RuleFor(t => t.Language).Must((t, language) => t.Texts.ContainsKey(language!)).When(t => t is { Language: not null, Texts: not null })
            .WithMessage("There is no text in this language.");
        RuleFor(t => t.Tokens).Must(tokens => tokens is not { Count: > MostTokens }).WithMessage($"A template has at most {MostTokens} tokens.");
        RuleFor(t => t.Texts).NotEmpty();
        RuleFor(t => t).Custom((template, context) => Look(template, context.AddFailure));
        RuleFor(t => t.Reminder!.AfterDays).InclusiveBetween(1, OrderRequestValidator.LongestDelayDays).When(t => t.Reminder is not null);
    }

    internal static bool IsName(string name) => Name().IsMatch(name);

    private static void Look(TemplateRequest template, Action<string, string> fail)
    {
        foreach (var (name, token) in template.Tokens ?? new Dictionary<string, TokenDefinition>(StringComparer.Ordinal))
        {
            if (!TokenName().IsMatch(name))
                fail(nameof(TemplateRequest.Tokens), "The name of a token has at most 50 letters from A to Z, digits, - and _.");
            else if (token is null || !Enum.IsDefined(token.Type))
                fail($"{nameof(TemplateRequest.Tokens)}.{name}", $"Give a type: {string.Join(", ", Enum.GetNames<TokenType>())}.");
            else if (!Named(template).Contains(name, StringComparer.Ordinal))
                fail($"{nameof(TemplateRequest.Tokens)}.{name}", $"No text has {{{{{name}}}}}.");
        }
        if (template.Texts is null)
            return;

        Texts(template, template.Texts, nameof(TemplateRequest.Texts), fail);
        if (template.Reminder?.Texts is { } reminder)
        {
            Texts(template, reminder, $"{nameof(TemplateRequest.Reminder)}.{nameof(TemplateReminder.Texts)}", fail);
            if (!reminder.Keys.Order(StringComparer.Ordinal).SequenceEqual(template.Texts.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                fail($"{nameof(TemplateRequest.Reminder)}.{nameof(TemplateReminder.Texts)}", "The reminder is told in the same languages as the template.");
        }
    }

    private static void Texts(TemplateRequest template, IReadOnlyDictionary<string, TemplateText> texts, string path, Action<string, string> fail)
    {
        foreach (var language in texts.Keys.Where(language => !ReaderLanguage.All.Contains(language, StringComparer.Ordinal)))
            fail(path, $"A language is one of {string.Join(", ", ReaderLanguage.All)}.");
        foreach (var (language, text) in texts.Where(t => ReaderLanguage.All.Contains(t.Key, StringComparer.Ordinal)))
            Text(template, text, $"{path}.{language}", fail);
        if (texts.Values.OfType<TemplateText>().Select(t => (t.Body is null, t.Sms is null)).Distinct().Count() > 1)
            fail(path, "Give the same parts in each language: subject and body, sms, or all three.");
    }

    private static void Text(TemplateRequest template, TemplateText? text, string path, Action<string, string> fail)
    {
        if (text is null || text.Parts.All(string.IsNullOrWhiteSpace))
        {
            fail(path, "Give subject and body, sms, or all three.");
            return;
        }

        // What orders must be is what a template must be: filled in it only grows.
        if (text.Subject is not null || text.Body is not null)
            Told(new EmailSettingsValidator().Validate(new EmailSettings { Subject = text.Subject ?? "", Body = text.Body ?? "" }), path, fail);
        if (text.Sms is not null)
            Told(new SmsSettingsValidator().Validate(new SmsSettings { Body = text.Sms }), path, fail, nameof(TemplateText.Sms));
        foreach (var name in text.Parts.SelectMany(TemplateFilling.Names).Distinct(StringComparer.Ordinal).Where(name => template.Tokens?.ContainsKey(name) is not true))
            fail(path, $"{{{{{name}}}}} is not among the tokens.");
    }

    private static void Told(FluentValidation.Results.ValidationResult result, string path, Action<string, string> fail, string? member = null)
    {
        foreach (var failure in result.Errors)
            fail($"{path}.{member ?? failure.PropertyName}", failure.ErrorMessage);
    }

    private static IEnumerable<string> Named(TemplateRequest template) =>
        (template.Texts?.Values ?? []).Concat(template.Reminder?.Texts?.Values ?? []).OfType<TemplateText>().SelectMany(t => t.Parts).SelectMany(TemplateFilling.Names);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,50}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenName();
}

public sealed class OrderedTemplateValidator : AbstractValidator<OrderedTemplate>
{
    public OrderedTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty();
        RuleFor(t => t.Version).GreaterThan(0);
        RuleFor(t => t.Language).Language();
        RuleFor(t => t.ReminderConditionEndpoint).ConditionEndpoint();
    }
}

internal static class LanguageRule
{
    public static void Language<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(language => language is null || ReaderLanguage.All.Contains(language, StringComparer.Ordinal)).WithMessage($"Give one of {string.Join(", ", ReaderLanguage.All)}.");
}
