using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Reports;

/// <summary>Reports of LINK's Common interface, which come to the same address as those of its XML interface.</summary>
public sealed class CommonReportsTests(ReportWebhooks webhooks) : IClassFixture<ReportWebhooks>
{
    private const string Id = "8540c0de-899f-5cce-acb5-3ec493af3800";

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, "Failed")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    [InlineData(5, null)]
    [InlineData(6, "Failed")]
    [InlineData(104, null)]
    [InlineData(105, null)]
    [InlineData(1000, null)]
    [InlineData(1001, "Delivered")]
    [InlineData(1002, "Failed_Expired")]
    [InlineData(1004, "Failed")]
    [InlineData(1005, null)]
    [InlineData(1006, "Failed_Undelivered")]
    [InlineData(1007, null)]
    [InlineData(1008, null)]
    [InlineData(1009, null)]
    [InlineData(1010, null)]
    [InlineData(1011, null)]
    [InlineData(1012, null)]
    [InlineData(2104, "Failed_InvalidRecipient")]
    [InlineData(2105, "Failed_BarredReceiver")]
    [InlineData(2106, "Failed_InvalidRecipient")]
    [InlineData(2107, "Failed_BarredReceiver")]
    [InlineData(2200, "Failed")]
    [InlineData(2207, "Failed")]
    [InlineData(3000, "Failed")]
    [InlineData(3002, "Failed")]
    [InlineData(4000, "Failed_Rejected")]
    [InlineData(4007, "Failed_Rejected")]
    [InlineData(123456, null)]
    public async Task A_result_code_means(int code, string? state)
    {
        (await webhooks.PostSms(Report(code), contentType: "application/json")).StatusCode.ShouldBe(HttpStatusCode.OK);

        webhooks.Written().ShouldBe([new WrittenReport("link-common", $"{Id}:{code}", Id, $"{code}", state)]);
    }

    [Fact]
    public async Task A_message_that_we_did_not_name_goes_by_the_gateways_name()
    {
        await webhooks.PostSms("""[{"id":"their-id","resultCode":1001},{"refId":"","id":"other","resultCode":1006}]""", contentType: "application/json; charset=utf-8");

        webhooks.Written().Select(r => r.Reference).ShouldBe(["their-id", "other"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("""{"resultCode":1001}""")]
    [InlineData("""{"refId":"x","resultCode":"1001"}""")]
    [InlineData("""{"refId":"x","resultCode":1e40}""")]
    [InlineData("""{"refId":"\u0000","resultCode":1001}""")]
    public async Task What_is_no_report_is_taken_and_changes_nothing(string body)
    {
        (await webhooks.PostSms(body, contentType: "application/json")).StatusCode.ShouldBe(HttpStatusCode.OK);

        webhooks.Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_let_in_without_the_password()
    {
        (await webhooks.PostSms(Report(1001), "link:wrong", "application/json")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        webhooks.Written().ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_posted_is_taken_or_refused() => Prop
        .ForAll(Mutilated.From(Report(1001), $"[{Report(1002)},{Report(2)}]"), body =>
        {
            using var response = webhooks.PostSms(body, contentType: "application/json").GetAwaiter().GetResult();
            webhooks.Written();
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Report(int code) =>
        $$$"""{"refId":"{{{Id}}}","id":"Dcshuhod0PMAAAFQ","operator":"no.telenor","timestamp":"2026-11-21T08:00:00Z","resultCode":{{{code}}},"segments":1,"gateCustomParameters":{},"customParameters":{}}""";
}
