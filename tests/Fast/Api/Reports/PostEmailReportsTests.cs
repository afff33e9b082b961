using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Tests.Fast.Api.Reports;

public sealed class PostEmailReportsTests(ReportWebhooks webhooks) : IClassFixture<ReportWebhooks>
{
    private const string MessageId = "8540c0de-899f-5cce-acb5-3ec493af3800";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Secret")]
    [InlineData("secrets")]
    public async Task Nobody_is_let_in_without_the_secret(string? code)
    {
        (await webhooks.PostEmail($"[{EventGrid("Delivered")}]", code)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        webhooks.Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_handshake_of_event_grid_is_answered_with_its_code()
    {
        var answer = await webhooks.PostEmail("""[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]""");

        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("validationResponse").GetString().ShouldBe("512d38b6");
    }

    [Fact]
    public async Task The_handshake_of_cloud_events_is_answered_with_the_origin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/reports/email?code=secret");
        request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");

        (await webhooks.Send(request)).Headers.GetValues("WebHook-Allowed-Origin").ShouldBe(["eventgrid.azure.net"]);
    }

    [Theory]
    [InlineData("Delivered", "Delivered")]
    [InlineData("Bounced", "Failed_Bounced")]
    [InlineData("Failed", "Failed")]
    [InlineData("FilteredSpam", "Failed_FilteredSpam")]
    [InlineData("Quarantined", "Failed_Quarantined")]
    [InlineData("Suppressed", "Failed_SuppressedRecipient")]
    [InlineData("Expanded", "Succeeded")]
    [InlineData("OutForDelivery", null)]
    [InlineData("", null)]
    public async Task A_status_means(string status, string? state)
    {
        await webhooks.PostEmail($"[{EventGrid(status)}]");

        webhooks.Written().ShouldBe([new WrittenReport("acs", "event-1", MessageId, status, state)]);
    }

    [Fact]
    public async Task A_cloud_event_alone_is_taken()
    {
        await webhooks.PostEmail($$$"""{"id":"event-2","type":"Microsoft.Communication.EmailDeliveryReportReceived","specversion":"1.0","data":{"messageId":"{{{MessageId}}}","status":"Bounced"}}""");

        webhooks.Written().ShouldBe([new WrittenReport("acs", "event-2", MessageId, "Bounced", "Failed_Bounced")]);
    }

    [Fact]
    public async Task Every_event_of_a_batch_is_taken()
    {
        await webhooks.PostEmail($"[{EventGrid("Delivered", "a")},{EventGrid("Bounced", "b")}]");

        webhooks.Written().Select(r => r.Key).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_message_is_named_as_the_database_writes_its_id()
    {
        await webhooks.PostEmail($"[{EventGrid("Delivered").Replace(MessageId, MessageId.ToUpperInvariant(), StringComparison.Ordinal)}]");

        webhooks.Written().Single().Reference.ShouldBe(MessageId);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[null,1,\"x\",[]]")]
    [InlineData("""[{"eventType":"Microsoft.Communication.EmailDeliveryReportReceived"}]""")]
    [InlineData("""[{"id":"1","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":null}]""")]
    [InlineData("""[{"id":"1","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":7,"status":{}}}]""")]
    [InlineData("""[{"id":"1","eventType":"Microsoft.Communication.EmailEngagementTrackingReportReceived","data":{"messageId":"x","status":"Delivered"}}]""")]
    public async Task What_is_no_report_is_taken_and_changes_nothing(string body)
    {
        (await webhooks.PostEmail(body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        webhooks.Written().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<xml/>")]
    public async Task What_is_not_JSON_is_refused(string body) => (await webhooks.PostEmail(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\ud800")]
    public async Task A_text_that_cannot_be_kept_does_not_hold_up_the_reports_beside_it(string character)
    {
        (await webhooks.PostEmail($"[{EventGrid($"x{character}", "a")},{EventGrid("Delivered", "b")}]")).StatusCode.ShouldBe(HttpStatusCode.OK);

        webhooks.Written().Select(r => r.Key).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_member_whose_name_is_no_text_is_passed_over()
    {
        await webhooks.PostEmail($"[{EventGrid("Delivered").Replace("\"id\"", "\"spec\\ud800\":\"x\",\"id\"", StringComparison.Ordinal)}]");

        webhooks.Written().Single().Key.ShouldBe("event-1");
    }

    private static string EventGrid(string status, string id = "event-1") =>
        $$$"""{"id":"{{{id}}}","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"{{{MessageId}}}","status":"{{{status}}}"}}""";
}
