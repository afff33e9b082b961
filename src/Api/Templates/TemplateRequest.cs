using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>The body of <c>PUT /templates/{name}</c>: texts with places that each order fills in, in the languages that its readers read.</summary>
public sealed record TemplateRequest
{
    /// <summary>What it is for; seen by nobody but its owner.</summary>
    public string? Description { get; init; }

    /// <summary>Of the bodies of e-mail. In <c>Html</c> everything that is filled in is encoded.</summary>
    public EmailContentType ContentType { get; init; } = EmailContentType.Plain;

    /// <summary>
    /// In which of its languages those are told whose own is not known, or is none of them: <c>nb</c> when it is left out. An order may say another.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>What orders fill in, by the names that the texts have it by: <c>{{dueDate}}</c>.</summary>
    public IReadOnlyDictionary<string, TokenDefinition>? Tokens { get; init; }

    /// <summary>By language: <c>nb</c>, <c>nn</c>, <c>en</c>, <c>se</c>. Each of them has the same parts.</summary>
    public required IReadOnlyDictionary<string, TemplateText> Texts { get; init; }

    /// <summary>An order that has no reminders of its own has this one.</summary>
    public TemplateReminder? Reminder { get; init; }

    /// <summary>Those that a reminder is told in; where it has none of its own, the same.</summary>
    internal IReadOnlyDictionary<string, TemplateText> TextsOf(bool reminder) => reminder && Reminder?.Texts is { } own ? own : Texts;

    internal string Otherwise => Language ?? Sagas.ReaderLanguage.Bokmal;
}

/// <summary>What an order fills in.</summary>
/// <param name="Type">What it must be, and how it is written in each language.</param>
/// <param name="Optional">Whether an order may leave it out; then nothing is filled in.</param>
public sealed record TokenDefinition(TokenType Type, bool Optional = false);

public enum TokenType
{
    Text,

    /// <summary>A number, with the decimal sign of the language.</summary>
    Number,

    /// <summary>A day such as <c>2026-05-17</c>, written as <c>17. mai 2026</c> or <c>17 May 2026</c>.</summary>
    Date,

    /// <summary>A time with a zone, written as the day and the time by Norwegian clocks.</summary>
    DateTime,

    /// <summary>An address that begins with <c>https://</c>.</summary>
    Link,
}

/// <summary>What is said in one language.</summary>
public sealed record TemplateText
{
    /// <summary>Of e-mail.</summary>
    public string? Subject { get; init; }

    /// <summary>Of e-mail.</summary>
    public string? Body { get; init; }

    /// <summary>Of SMS.</summary>
    public string? Sms { get; init; }

    internal IEnumerable<string> Parts => new[] { Subject, Body, Sms }.OfType<string>();
}

/// <summary>One reminder, so many days after the order's send time.</summary>
public sealed record TemplateReminder
{
    public required int AfterDays { get; init; }

    /// <summary>As the template's own when they are left out.</summary>
    public IReadOnlyDictionary<string, TemplateText>? Texts { get; init; }
}
