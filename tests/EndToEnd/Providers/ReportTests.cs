using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Delivery reports as providers post them, with the real database behind.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ReportTests(SharedSystem system)
{
    private static readonly HttpClient Http = new();
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Email_is_delivered_once_however_often_and_in_whatever_schema_it_is_reported()
    {
        var order = await _owner.OrderEmail($"no-report+{_owner.Creator}@simulator.test");
        var id = (await system.Sandbox.UntilInbox($"no-report+{_owner.Creator}@simulator.test"))[0].NotificationId!;

        (await PostEmail($"[{EventGrid(id, "Expanded", "a")},{EventGrid(id, "Vanished", "b")},{EventGrid(Guid.NewGuid().ToString(), "Bounced", "c")}]")).ShouldBe(HttpStatusCode.OK);
        (await PostEmail($"[{EventGrid(id, "Bounced", "d")},{EventGrid(id, "Delivered", "e")},{EventGrid(id, "Delivered", "e")}]")).ShouldBe(HttpStatusCode.OK);
        (await PostEmail($$$"""{"id":"{{{id}}}f","type":"Microsoft.Communication.EmailDeliveryReportReceived","specversion":"1.0","source":"/x","data":{"messageId":"{{{id}}}","status":"Delivered"}}"""))
            .ShouldBe(HttpStatusCode.OK);

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await _owner.WholeFeed()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_for_nobody_are_listed_for_operators_and_for_nobody_else()
    {
        var (one, other) = ($"{_owner.Creator}-1", $"{_owner.Creator}-2");
        (await PostSms($"<MSGLST><MSG><ID>1</ID><REF>{one}</REF><STATE>DELIVRD</STATE></MSG><MSG><ID>2</ID><REF>{other}</REF><STATE>42</STATE></MSG></MSGLST>")).ShouldBe(HttpStatusCode.OK);

        // Between them may be what came about a message of another test before its record.
        var listed = (await Unmatched("pageSize=100")).Body.EnumerateArray().Where(r => r.GetProperty("reference").GetString()!.StartsWith($"{_owner.Creator}-", StringComparison.Ordinal)).ToArray();
        listed.Select(r => (r.GetProperty("reference").GetString(), r.GetProperty("providerState").GetString())).ShouldBe([(other, "42"), (one, "DELIVRD")]);
        listed[1].GetProperty("state").GetString().ShouldBe("Delivered");
        (await Unmatched($"before={listed[0].GetProperty("id")}&pageSize=1")).Body[0].GetProperty("reference").GetString().ShouldBe(one);
        (await Unmatched("", scope: "altinn:serviceowner/notifications.create")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u0001")]
    [InlineData("\\ud83d")]
    [InlineData("😀")]
    [InlineData("'); DROP TABLE attempts; --")]
    [InlineData("{8540c0de-899f-5cce-acb5-3ec493af3800}")]
    public async Task Whatever_a_report_holds_the_database_takes_it(string text)
    {
        foreach (var piece in new[] { text, string.Concat(Enumerable.Repeat(text, 5000)) })
        {
            var json = piece.Replace("\u0001", "\\u0001", StringComparison.Ordinal);
            (await PostEmail($$$"""[{"id":"{{{json}}}{{{_owner.Creator}}}","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"{{{json}}}","status":"{{{json}}}"}}]"""))
                .ShouldBe(HttpStatusCode.OK);
            var xml = piece.Replace("\u0001", "", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal);
            (await PostSms($"<MSGLST><MSG><ID>{xml}</ID><REF>{xml}{_owner.Creator}</REF><STATE>{xml}</STATE></MSG></MSGLST>")).ShouldBe(HttpStatusCode.OK);
        }
    }

    private static string EventGrid(string messageId, string status, string key) =>
        $$$"""{"id":"{{{messageId}}}{{{key}}}","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"{{{messageId}}}","status":"{{{status}}}"}}""";

    private Task<HttpStatusCode> PostEmail(string body) => Post("email?code=sandbox", body, "application/json", authorization: null);

    private Task<HttpStatusCode> PostSms(string body) =>
        Post("sms", body, "text/xml", new AuthenticationHeaderValue("Basic", Convert.ToBase64String("link:sandbox"u8)));

    private async Task<HttpStatusCode> Post(string path, string body, string contentType, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Local.ApiUrl, $"notifications/api/v1/reports/{path}"))
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        };
        request.Headers.Authorization = authorization;
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Unmatched(string query, string scope = "altinn:notifications.operations.admin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Local.ApiUrl, $"notifications/api/v1/reports/unmatched?{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await system.Sandbox.NewToken($"org=digdir&scope={scope}"));
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
