using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>A rule, as it was put, and how its app's events come in.</summary>
/// <param name="Warnings">What the request says that nobody reads, and why no events may come; only in the answer to the call that put the rule.</param>
public sealed record RuleResponse(string Id, RuleRequest Rule, DateTime Created, DateTime Changed, RuleResponse.EventSource? Events, IReadOnlyList<string>? Warnings = null)
{
    /// <param name="EndPoint">Where your app's events come in, for whoever subscribes to them themselves. It holds a secret.</param>
    /// <param name="SubscriptionId">The subscription at Altinn Events; left out when none was made from here.</param>
    /// <param name="LastReceived">When the app told of anything last; left out when it never did.</param>
    /// <param name="Failing">How many of the app's events wait to be tried again.</param>
    /// <param name="GivenUp">How many were tried for two days in vain; they are shown for 30 days.</param>
    public sealed record EventSource(string EndPoint, long? SubscriptionId, DateTime? LastReceived, int Failing, int GivenUp);

    internal static RuleResponse Of(NotificationRule rule, EventSource? events = null) =>
        new(rule.Id, JsonSerializer.Deserialize<RuleRequest>(rule.Rule, WireJson.Options)!, rule.CreatedAt.UtcDateTime, rule.ChangedAt.UtcDateTime, events);
}
