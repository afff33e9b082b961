using System.Text.Json;
using System.Text.RegularExpressions;
using Notifications.Api.Orders;

namespace Notifications.Api.Apps;

/// <summary>What is kept of a CloudEvent of an app. Whom it is about is not.</summary>
internal sealed partial record ReceivedAppEvent(string Org, string App, string EventId, string InstanceId, string Type, DateTimeOffset? HappenedAt)
{
    private const int LongestId = 200;

    /// <summary>Null for what is no event of an app's instance.</summary>
    public static ReceivedAppEvent? Of(JsonElement body)
    {
        if (Text(body, "type") is not { } type || !type.StartsWith(AppEventTypes.Prefix, StringComparison.Ordinal) || type.Length > LongestId
            || Text(body, "id") is not { Length: > 0 and <= LongestId } id
            || Text(body, "source") is not { } source || !Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || Source().Match(address.AbsolutePath) is not { Success: true } match)
            return null;

        var (org, app, instance) = (match.Groups["org"].Value, $"{match.Groups["org"].Value}/{match.Groups["app"].Value}", match.Groups["instance"].Value.ToLowerInvariant());
        return InstanceConditionRequest.IsApp(app) && InstanceConditionRequest.IsInstanceId(instance)
            ? new(org, app, id, instance, type, DateTimeOffset.TryParse(Text(body, "time"), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time.ToUniversalTime() : null)
            : null;
    }

    /// <summary>Null for what is not a text, or is one that the database cannot hold.</summary>
    internal static string? Text(JsonElement body, string member)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    [GeneratedRegex(@"\A/(?<org>[^/]+)/(?<app>[^/]+)/instances/(?<instance>[^/]+/[^/]+)/?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();
}
