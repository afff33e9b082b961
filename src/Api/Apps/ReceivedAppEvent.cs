using System.Text.Json;
using System.Text.RegularExpressions;
using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Api.Apps;

/// <summary>What is kept of a CloudEvent of an app. Whom it is about is not.</summary>
internal sealed partial record ReceivedAppEvent(string Org, string App, string EventId, string InstanceId, string Type, DateTimeOffset? HappenedAt)
{
    private const int LongestId = 200;

    /// <summary>Null for what is no event of an app's instance.</summary>
    public static ReceivedAppEvent? Of(JsonElement body)
    {
        if (body.Text("type") is not { } type || !type.StartsWith(AppEventTypes.Prefix, StringComparison.Ordinal) || type.Length > LongestId
            || body.Text("id") is not { Length: > 0 and <= LongestId } id
            || body.Text("source") is not { } source || !Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || Source().Match(address.AbsolutePath) is not { Success: true } match)
            return null;

        var (org, app, instance) = (match.Groups["org"].Value, $"{match.Groups["org"].Value}/{match.Groups["app"].Value}", match.Groups["instance"].Value.ToLowerInvariant());
        return InstanceConditionRequest.IsApp(app) && InstanceConditionRequest.IsInstanceId(instance)
            ? new(org, app, id, instance, type, DateTimeOffset.TryParse(body.Text("time"), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time.ToUniversalTime() : null)
            : null;
    }

    [GeneratedRegex(@"\A/(?<org>[^/]+)/(?<app>[^/]+)/instances/(?<instance>[^/]+/[^/]+)/?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();
}
