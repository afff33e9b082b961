using Notifications.Sagas;

namespace Notifications.Api.Templates;

/// <summary>
/// The templates of Altinn 2 that were free for everybody to use, by their names there. Their tokens go by number, as they did, and a text may
/// still call its recipient <c>$reporteeName$</c>.
/// </summary>
internal static class Presets
{
    public const string TokenTextOnly = "TokenTextOnly";
    public const string WithoutReminder = "VarselDPVUtenRevarsel";
    public const string WithReminder = "VarselDPVMedRevarsel";

    /// <summary>Presets are not versioned: what they say is agreed on.</summary>
    public const int Version = 1;

    /// <summary>What Altinn 2 called the recipient's name.</summary>
    public const string ReporteeName = "$reporteeName$";

    private static readonly TokenDefinition Text = new(TokenType.Text);

    /// <summary>The subject is token 0 and the body token 1; an SMS is the two in a row.</summary>
    private static readonly TemplateRequest Tokens = new()
    {
        Description = "Everything is given by the order.",
        Tokens = new Dictionary<string, TokenDefinition>(StringComparer.Ordinal) { ["0"] = Text, ["1"] = Text with { Optional = true } },
        Texts = new Dictionary<string, TemplateText>(StringComparer.Ordinal) { [ReaderLanguage.Bokmal] = new() { Subject = "{{0}}", Body = "{{1}}", Sms = "{{0}}{{1}}" } },
    };

    /// <summary>The text is token 1.</summary>
    private static readonly TemplateRequest Once = new()
    {
        Description = "A new message in Altinn.",
        Tokens = new Dictionary<string, TokenDefinition>(StringComparer.Ordinal) { ["1"] = Text },
        Texts = NewMessage(nb: "", nn: "", en: ""),
    };

    private static readonly TemplateRequest Reminded = Once with
    {
        Description = "A new message in Altinn, and a reminder after seven days.",
        Reminder = new TemplateReminder { AfterDays = 7, Texts = NewMessage("Påminnelse: ", "Påminning: ", "Reminder: ") },
    };

    public static readonly IReadOnlyDictionary<string, TemplateRequest> All = new Dictionary<string, TemplateRequest>(StringComparer.Ordinal)
    {
        [TokenTextOnly] = Tokens,
        [WithoutReminder] = Once,
        [WithReminder] = Reminded,
    };

    private static Dictionary<string, TemplateText> NewMessage(string nb, string nn, string en) => new(StringComparer.Ordinal)
    {
        [ReaderLanguage.Bokmal] = Message("Ny melding tilgjengelig i Altinn.no for", nb),
        [ReaderLanguage.Nynorsk] = Message("Ny melding tilgjengeleg i Altinn.no for", nn),
        [ReaderLanguage.English] = Message("New message available at Altinn.no for", en),
    };

    private static TemplateText Message(string subject, string before) =>
        new() { Subject = $"{subject} $recipientName$", Body = $"{before}{{{{1}}}}", Sms = $"{before}{{{{1}}}}" };
}
