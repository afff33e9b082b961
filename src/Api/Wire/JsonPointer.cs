using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Notifications.Api.Wire;

/// <summary>JSON pointers (RFC 6901) of members that clients know by C# names, or by the paths of the JSON reader.</summary>
internal static partial class JsonPointer
{
    private static readonly ConcurrentDictionary<(Type Owner, string Member), JsonPropertyInfo?> Members = [];

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <param name="body">The type of the whole body.</param>
    /// <param name="path">Such as <c>Reminders[0].Recipient.RecipientEmail.Settings.Subject</c>; empty for the body itself.</param>
    public static string OfMember(Type body, string path)
    {
        var (pointer, type) = (new StringBuilder(), (Type?)body);
        foreach (Match step in MemberStep().Matches(path))
        {
            if (step.Groups["index"] is { Success: true } index)
            {
                pointer.Append('/').Append(index.ValueSpan);
                type = type is null ? null : WireJson.Options.GetTypeInfo(type).ElementType;
                continue;
            }
            if (type is not null && WireJson.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Dictionary, ElementType: var value })
            {
                // Named by the client, and so by the same name.
                pointer.Append('/').Append(Escape(step.Value));
                type = value;
                continue;
            }
            var member = type is null ? null : Members.GetOrAdd((type, step.Value), Find);
            pointer.Append('/').Append(Escape(member?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(step.Value)));
            type = member?.PropertyType;
        }
        return pointer.ToString();
    }

    /// <param name="path">Such as <c>$.reminders[0].delayDays</c>, as the JSON reader tells where it stopped.</param>
    public static string OfPath(string path)
    {
        var pointer = new StringBuilder();
        foreach (Match step in PathStep().Matches(path))
            pointer.Append('/').Append(Escape((step.Groups["index"], step.Groups["quoted"], step.Groups["name"]) switch
            {
                ({ Success: true } index, _, _) => index.Value,
                (_, { Success: true } quoted, _) => quoted.Value,
                (_, _, var name) => name.Value,
            }));
        return pointer.ToString();
    }

    private static JsonPropertyInfo? Find((Type Owner, string Member) wanted) =>
        WireJson.Options.GetTypeInfo(wanted.Owner).Properties.FirstOrDefault(p => p.AttributeProvider is MemberInfo member && member.Name == wanted.Member);

    [GeneratedRegex(@"\[(?<index>[0-9]+)\]|[^.\[\]]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MemberStep();

    [GeneratedRegex(@"\[(?<index>[0-9]+)\]|\['(?<quoted>.*?)'\]|\.(?<name>[^.\[]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathStep();
}
