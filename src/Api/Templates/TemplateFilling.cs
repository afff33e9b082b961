using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>Fills in what an order gives. What is filled in is never read again for places to fill in.</summary>
internal static partial class TemplateFilling
{
    /// <summary>The names of what a text wants filled in.</summary>
    public static IEnumerable<string> Names(string text) => Place().Matches(text).Select(m => m.Groups["name"].Value);

    /// <summary>What an order gives, by name, and what is wrong with it, by the name that it is wrong about.</summary>
    public static (IReadOnlyDictionary<string, TokenValue> Values, IReadOnlyList<(string Name, string Error)> Errors) Read(
        TemplateRequest template, IReadOnlyDictionary<string, JsonElement>? given)
    {
        var values = new Dictionary<string, TokenValue>(StringComparer.Ordinal);
        var errors = new List<(string, string)>();
        var known = template.Tokens ?? new Dictionary<string, TokenDefinition>(StringComparer.Ordinal);
        foreach (var (name, token) in known)
        {
            if (given is null || !given.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                values[name] = TokenValue.Nothing;
                if (!token.Optional)
                    errors.Add((name, "The template needs this token."));
            }
            else if (TokenValue.Of(token.Type, value, out var wanted) is { } read)
            {
                values[name] = read;
            }
            else
            {
                errors.Add((name, wanted));
            }
        }
        foreach (var name in given?.Keys.Where(name => !known.ContainsKey(name)) ?? [])
            errors.Add((name, $"The template has no such token; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Keys))}."));
        return (values, errors);
    }

    public static TemplateText Fill(TemplateText text, IReadOnlyDictionary<string, TokenValue> values, string language, EmailContentType contentType) => new()
    {
        Subject = Fill(text.Subject, values, language, isHtml: false),
        Body = Fill(text.Body, values, language, contentType == EmailContentType.Html),
        Sms = Fill(text.Sms, values, language, isHtml: false),
    };

    private static string? Fill(string? text, IReadOnlyDictionary<string, TokenValue> values, string language, bool isHtml) =>
        text is null ? null : Place().Replace(text, place =>
        {
            var value = values[place.Groups["name"].Value].In(language);
            return isHtml ? WebUtility.HtmlEncode(value) : value;
        });

    [GeneratedRegex(@"\{\{ *(?<name>[A-Za-z0-9_-]+) *\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
