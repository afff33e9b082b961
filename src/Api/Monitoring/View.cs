using System.Globalization;
using Notifications.Api.History;
using Notifications.Store;
using static System.FormattableString;

namespace Notifications.Api.Monitoring;

/// <summary>What every page has: its language, its moment, and the frame around it.</summary>
internal sealed record View(Tongue Tongue, DateTimeOffset Now)
{
    public const string Root = "/monitor";

    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById(SendingWindow.Oslo);

    public Words Words { get; } = Words.Of(Tongue);

    /// <summary>An address below the root, in the page's language.</summary>
    public string Link(string path, params (string Name, string? Value)[] query) => LinkIn(Tongue, path, query);

    public string Name(string name) => Words.Names.GetValueOrDefault(name, name);

    /// <summary>By Norwegian time.</summary>
    public static Html Time(DateTimeOffset at)
    {
        var exact = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(at, Oslo).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Html.Of($"""<time datetime="{exact}">{local}</time>""");
    }

    public static Html Time(DateTimeOffset? at) => at is { } time ? Time(time) : Html.Nothing;

    /// <summary>In its two largest units.</summary>
    public string Age(DateTimeOffset since)
    {
        var age = Now - since;
        return age switch
        {
            { TotalSeconds: < 1 } => "0 s",
            { TotalMinutes: < 1 } => Invariant($"{age.Seconds} s"),
            { TotalHours: < 1 } => Invariant($"{age.Minutes} min {age.Seconds} s"),
            { TotalDays: < 1 } => Invariant($"{age.Hours} {Words.Hours} {age.Minutes} min"),
            _ => Invariant($"{age.Days} d {age.Hours} {Words.Hours}"),
        };
    }

    /// <summary>With a thin space between the thousands.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    public Html ShipmentLink(Guid id) => Html.Of($"""<a class="id" href="{Link($"/shipments/{id}")}">{id}</a>""");

    /// <summary>In a frame of its own, which is scrolled where the page is narrower, by the keyboard too.</summary>
    /// <param name="caption">Above the table.</param>
    /// <param name="rows">Its head and body.</param>
    /// <param name="kind">A class of the style sheet.</param>
    /// <param name="name">Where a heading says what it is, and there is no caption.</param>
    public static Html Table(string? caption, Html rows, string kind = "", string? name = null) => Html.Of($"""
        <div class="scroll {kind}" role="region" tabindex="0" aria-label="{caption ?? name}"><table>
        {(caption is null ? Html.Nothing : Html.Of($"<caption>{caption}</caption>"))}
        {rows}
        </table></div>

        """);

    /// <param name="title">The page's own.</param>
    /// <param name="path">Where it is, for the same page in the other language.</param>
    /// <param name="content">What is in the frame.</param>
    /// <param name="query">What its address says beyond the path.</param>
    public Html Page(string title, string path, Html content, params (string Name, string? Value)[] query)
    {
        var other = Tongue == Tongue.English ? Tongue.Norwegian : Tongue.English;
        return Html.Of($"""
            <!doctype html>
            <html lang="{Tongue.Code}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – {Words.Title}</title>
            <link rel="stylesheet" href="{Root}/style.css">
            <link rel="icon" href="data:,">
            </head>
            <body>
            <a class="skip" href="#content">{Words.SkipToContent}</a>
            <header>
            <nav aria-label="{Words.Title}"><a class="home" href="{Link("")}">{Words.Title}</a>
            <a href="{LinkIn(other, path, query)}" lang="{other.Code}" hreflang="{other.Code}">{Words.OtherLanguage}</a></nav>
            <form role="search" action="{Root}/shipments" method="get">
            <label for="q">{Words.Find}</label>
            <input type="hidden" name="lang" value="{Tongue.Code}">
            <input id="q" name="q" type="search" required maxlength="512" aria-describedby="hint" value="{query.FirstOrDefault(q => q.Name == "q").Value}" autocomplete="off" spellcheck="false">
            <button>{Words.FindButton}</button>
            <p id="hint">{Words.FindHint}</p>
            </form>
            </header>
            <main id="content">
            <h1>{title}</h1>
            {content}
            </main>
            <footer>{Words.At} {Time(Now)}. {Words.NorwegianTime}</footer>
            </body>
            </html>

            """);
    }

    private static string LinkIn(Tongue tongue, string path, (string Name, string? Value)[] query) =>
        $"{Root}{path}{QueryString.Create(query.Append(("lang", tongue.Code)).Where(q => q.Item2 is not null).Select(q => KeyValuePair.Create(q.Item1, (string?)q.Item2)))}";
}
