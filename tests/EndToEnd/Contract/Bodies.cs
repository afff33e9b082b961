using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Contract;

/// <summary>A valid body of every endpoint that takes one, and changes to them.</summary>
internal static class Bodies
{
    /// <summary>In a change: the member is not there.</summary>
    public const string Absent = "<absent>";

    private const string Later = "2099-01-04T09:00:00Z";

    public static readonly IReadOnlyDictionary<string, Endpoint> All = new Dictionary<string, Endpoint>(StringComparer.Ordinal)
    {
        ["v1 email"] = new("orders/email", "emailNotificationOrderRequest", """{"sendersReference":"ref-1","subject":"s","body":"b","recipients":[{"emailAddress":"contract@example.no"}]}"""),
        ["v1 sms"] = new("orders/sms", "smsNotificationOrderRequest", """{"sendersReference":"ref-1","body":"b","recipients":[{"mobileNumber":"+4799999999"}]}"""),
        ["v1 any"] = new("orders", "notificationOrderRequest",
            """{"notificationChannel":"EmailPreferred","emailTemplate":{"subject":"s","body":"b"},"smsTemplate":{"body":"b"},"recipients":[{"emailAddress":"contract@example.no"}]}"""),
        ["email"] = Future("""{"recipientEmail":{"emailAddress":"contract@example.no","emailSettings":{"subject":"s","body":"b"}}}"""),
        ["sms"] = Future("""{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"b","sendingTimePolicy":"Anytime"}}}"""),
        ["person"] = Future("""{"recipientPerson":{"nationalIdentityNumber":"16069412345","channelSchema":"EmailAndSms","emailSettings":{"subject":"s","body":"b"},"smsSettings":{"body":"b"}}}"""),
        ["organization"] = Future("""{"recipientOrganization":{"orgNumber":"991825827","channelSchema":"EmailAndSms","emailSettings":{"subject":"s","body":"b"},"smsSettings":{"body":"b"}}}"""),
        ["external identity"] = Future("""{"recipientExternalIdentity":{"externalIdentity":"urn:altinn:person:idporten-email:contract@example.no","channelSchema":"Email","emailSettings":{"subject":"s","body":"b"}}}"""),
        ["composed"] = new("future/orders/composed-email", "orderRequest",
            """{"idempotencyId":"id","recipient":{"emailAddress":"contract@example.no","emailSettings":{"subject":"s","body":"b","attachments":[{"filename":"a.pdf","mimeType":"application/pdf","sasUrl":"https://contract.blob.core.windows.net/a/a.pdf?se=2099-06-01T00:00:00Z&sp=r&sr=b&sig=x"}]}}}"""),
        ["instant"] = new("future/orders/instant", "request",
            """{"idempotencyId":"id","recipient":{"recipientSms":{"phoneNumber":"+4799999999","timeToLiveInSeconds":900,"smsSettings":{"body":"b"}}}}"""),
        ["instant sms"] = new("future/orders/instant/sms", "request",
            """{"idempotencyId":"id","recipientSms":{"phoneNumber":"+4799999999","timeToLiveInSeconds":900,"smsSettings":{"body":"b"}}}"""),
        ["instant email"] = new("future/orders/instant/email", "request",
            """{"idempotencyId":"id","recipientEmail":{"emailAddress":"contract@example.no","emailSettings":{"subject":"s","body":"b"}}}"""),
    };

    /// <summary>A body with a change: objects are merged, anything else takes the place of what was there.</summary>
    public static string With(this string body, string change)
    {
        var changed = JsonNode.Parse(body)!.AsObject();
        Merge(changed, JsonNode.Parse(change)!.AsObject());
        return changed.ToJsonString();
    }

    /// <summary>So that it is another order than any other.</summary>
    public static string Fresh(this string body) =>
        JsonNode.Parse(body)!["idempotencyId"] is null ? body : body.With($$"""{"idempotencyId":"{{Guid.NewGuid()}}"}""");

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var word) && word == Absent)
                target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject known)
                Merge(known, inner);
            else
                target[name] = value?.DeepClone();
        }
    }

    private static Endpoint Future(string recipient) => new("future/orders", "notificationOrderRequest", $$"""{"idempotencyId":"id","requestedSendTime":"{{Later}}","recipient":{{recipient}} }""");

    /// <param name="Parameter">What clients know the whole body by, in errors.</param>
    internal sealed record Endpoint(string Path, string Parameter, string Valid);
}
