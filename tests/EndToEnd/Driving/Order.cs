using System.Globalization;
using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>The bodies of orders, as a client writes them. Every order has an idempotency id of its own unless it is given one.</summary>
internal static class Order
{
    public static JsonObject Email(string to, string body = "Hello", string subject = "Subject") => To(EmailRecipient(to, body, subject));

    public static JsonObject Sms(string to, string body = "Hello") => To(SmsRecipient(to, body));

    public static JsonObject Person(string number, string channelSchema, string body = "Hello", string subject = "Subject") =>
        To(PersonRecipient(number, channelSchema, body, subject));

    public static JsonObject Organization(string number, string channelSchema, string? resource = null, string body = "Hello", string subject = "Subject") =>
        To(OrganizationRecipient(number, channelSchema, resource, body, subject));

    public static JsonObject ExternalIdentity(string urn, string channelSchema, string body = "Hello", string subject = "Subject") =>
        To(Identified("recipientExternalIdentity", "externalIdentity", urn, channelSchema, body, subject));

    public static JsonObject PersonRecipient(string number, string channelSchema, string body = "Hello", string subject = "Subject") =>
        Identified("recipientPerson", "nationalIdentityNumber", number, channelSchema, body, subject);

    public static JsonObject OrganizationRecipient(string number, string channelSchema, string? resource = null, string body = "Hello", string subject = "Subject")
    {
        var recipient = Identified("recipientOrganization", "orgNumber", number, channelSchema, body, subject);
        if (resource is not null)
            recipient["recipientOrganization"]!["resourceId"] = $"urn:altinn:resource:{resource}";
        return recipient;
    }

    public static JsonObject EmailRecipient(string to, string body = "Hello", string subject = "Subject") => new()
    {
        ["recipientEmail"] = new JsonObject
        {
            ["emailAddress"] = to,
            ["emailSettings"] = new JsonObject { ["subject"] = subject, ["body"] = body },
        },
    };

    public static JsonObject SmsRecipient(string to, string body = "Hello") => new()
    {
        ["recipientSms"] = new JsonObject
        {
            ["phoneNumber"] = to,
            ["smsSettings"] = new JsonObject { ["body"] = body, ["sendingTimePolicy"] = "Anytime" },
        },
    };

    public static JsonObject Known(this JsonObject order, string idempotencyId) => With(order, "idempotencyId", idempotencyId);

    public static JsonObject At(this JsonObject order, DateTimeOffset sendTime) =>
        With(order, "requestedSendTime", sendTime.ToString("O", CultureInfo.InvariantCulture));

    public static JsonObject RemindedAfterDays(this JsonObject order, int days, JsonObject recipient) =>
        With(order, "reminders", new JsonArray(new JsonObject { ["delayDays"] = days, ["recipient"] = recipient }));

    /// <summary>The order with one member set, by its path.</summary>
    public static JsonObject With(this JsonObject order, string path, JsonNode? value)
    {
        var copy = order.DeepClone().AsObject();
        var names = path.Split('.');
        var owner = names[..^1].Aggregate((JsonNode)copy, (node, name) => node[name]!);
        owner[names[^1]] = value;
        return copy;
    }

    private static JsonObject Identified(string kind, string identity, string value, string channelSchema, string body, string subject) => new()
    {
        [kind] = new JsonObject
        {
            [identity] = value,
            ["channelSchema"] = channelSchema,
            ["emailSettings"] = new JsonObject { ["subject"] = subject, ["body"] = body },
            ["smsSettings"] = new JsonObject { ["body"] = body, ["sendingTimePolicy"] = "Anytime" },
        },
    };

    private static JsonObject To(JsonObject recipient) => new() { ["idempotencyId"] = Guid.NewGuid().ToString(), ["recipient"] = recipient };
}
