using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>A template with what an order gives filled in, in each of its languages.</summary>
/// <param name="Otherwise">The language of those whose own is not known or not written.</param>
internal sealed record FilledTemplate(FoundTemplate Template, IReadOnlyDictionary<string, TemplateText> Texts, string Otherwise)
{
    public static FilledTemplate Of(FoundTemplate template, IReadOnlyDictionary<string, TokenValue> values, string? language, bool isReminder)
    {
        var texts = template.Content.TextsOf(isReminder).ToDictionary(
            t => t.Key, t => Named(template, TemplateFilling.Fill(t.Value, values, t.Key, template.Content.ContentType)), StringComparer.Ordinal);
        return new FilledTemplate(template, texts, ReaderLanguage.Choose(texts.Keys, language ?? template.Content.Otherwise) ?? ReaderLanguage.All.First(texts.ContainsKey));
    }

    public string Version => $"{Template.Name}/{Template.Version}";

    public TemplateText Own => Texts[Otherwise];

    /// <summary>Null where all are told the same.</summary>
    public IReadOnlyDictionary<string, T>? InLanguages<T>(Func<TemplateText, T> part) =>
        Texts.Count == 1 ? null : Texts.ToDictionary(t => t.Key, t => part(t.Value), StringComparer.Ordinal);

    /// <summary>Whoever still orders a preset in the words of Altinn 2 is understood.</summary>
    private static TemplateText Named(FoundTemplate template, TemplateText text) => !template.IsPreset ? text : new()
    {
        Subject = Renamed(text.Subject),
        Body = Renamed(text.Body),
        Sms = Renamed(text.Sms),
    };

    private static string? Renamed(string? text) => text?.Replace(Presets.ReporteeName, "$recipientName$", StringComparison.Ordinal);
}
