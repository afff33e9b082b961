using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

/// <summary>Valid bodies of <c>POST /future/orders</c>, and changes to them.</summary>
internal static class OrderBodies
{
    public const string Email =
        """
        {"idempotencyId":"id-1","sendersReference":"ref-1","requestedSendTime":"2026-11-22T08:00:00Z",
         "recipient":{"recipientEmail":{"emailAddress":"ola@example.no","emailSettings":{"subject":"Hei","body":"Tekst"}}},
         "reminders":[{"delayDays":7,"recipient":{"recipientEmail":{"emailAddress":"ola@example.no","emailSettings":{"subject":"Hei","body":"Igjen"}}}}]}
        """;

    public const string Sms =
        """
        {"idempotencyId":"id-1","recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"sender":"Altinn","body":"Tekst"}}}}
        """;

    public const string Person =
        """
        {"idempotencyId":"id-1","dialogportenAssociation":{"dialogId":"d","transmissionId":"t"},
         "recipient":{"recipientPerson":{"nationalIdentityNumber":"16069412345","channelSchema":"EmailAndSms","resourceId":"urn:altinn:resource:app","resourceAction":"read",
         "ignoreReservation":false,"useStaleContactInformation":true,
         "emailSettings":{"subject":"Hei","body":"Tekst","contentType":"Html","sendingTimePolicy":"Anytime"},"smsSettings":{"body":"Tekst","sendingTimePolicy":"Daytime"}}},
         "reminders":[{"requestedSendTime":"2026-12-01T08:00:00+01:00","recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"Igjen"}}}}]}
        """;

    public const string Organization =
        """
        {"idempotencyId":"id-1","recipient":{"recipientOrganization":{"orgNumber":"991825827","channelSchema":"EmailPreferred",
         "resourceId":"urn:altinn:resource:app_ttd_app-name","resourceAction":"read",
         "emailSettings":{"subject":"Hei","body":"Tekst"},"smsSettings":{"body":"Tekst","sendingTimePolicy":"Anytime"}}}}
        """;

    public const string ExternalIdentity =
        """
        {"idempotencyId":"id-1","recipient":{"recipientExternalIdentity":{"externalIdentity":"urn:altinn:person:idporten-email:ola@example.no","channelSchema":2,
         "resourceId":"urn:altinn:resource:app_ttd_app-name","resourceAction":"read",
         "emailSettings":{"subject":"Hei","body":"Tekst","contentType":0},"smsSettings":{"sender":"Altinn","body":"Tekst","sendingTimePolicy":1}}}}
        """;

    public static OrderRequest Read(string json) => JsonSerializer.Deserialize<OrderRequest>(json, WireJson.Options)!;

    /// <param name="json">A body.</param>
    /// <param name="path">Member names and array positions, separated by dots.</param>
    /// <param name="value">What is put there, as JSON; null removes what is there.</param>
    public static string With(this string json, string path, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = path.Split('.');
        var at = steps[..^1].Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        if (at is JsonArray items)
            items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value!);
        else if (value is null)
            at.AsObject().Remove(steps[^1]);
        else
            at[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
