using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>The bodies of instant messages, as a client writes them.</summary>
internal static class InstantMessage
{
    public const int TimeToLive = 900;

    public static string Path(string route) => $"future/orders/instant/{route}".TrimEnd('/');

    /// <summary>A message for one of the routes, with an idempotency id of its own.</summary>
    public static JsonObject For(string route, string to, string body = "Hello") => route switch
    {
        "sms" => Sms(to, body),
        "email" => Email(to, body),
        _ => new JsonObject { ["idempotencyId"] = Guid.NewGuid().ToString(), ["recipient"] = new JsonObject { ["recipientSms"] = Delivery(to, body) } },
    };

    public static JsonObject Sms(string to, string body = "Hello") => new() { ["idempotencyId"] = Guid.NewGuid().ToString(), ["recipientSms"] = Delivery(to, body) };

    public static JsonObject Email(string to, string body = "Hello", string subject = "Subject") => new()
    {
        ["idempotencyId"] = Guid.NewGuid().ToString(),
        ["recipientEmail"] = new JsonObject { ["emailAddress"] = to, ["emailSettings"] = new JsonObject { ["subject"] = subject, ["body"] = body } },
    };

    private static JsonObject Delivery(string to, string body) => new()
    {
        ["phoneNumber"] = to,
        ["timeToLiveInSeconds"] = TimeToLive,
        ["smsSettings"] = new JsonObject { ["body"] = body },
    };
}
