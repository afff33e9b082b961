using System.Net;
using System.Text;

namespace Notifications.Tests.Fast.Api.Reports;

public sealed class PostSmsReportsTests(ReportWebhooks webhooks) : IClassFixture<ReportWebhooks>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("link:")]
    [InlineData("link:wrong")]
    [InlineData("other:p:ss")]
    public async Task Nobody_is_let_in_without_the_password(string? credentials)
    {
        (await webhooks.PostSms(Report("DELIVRD"), credentials)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        webhooks.Written().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELIVRD", "Delivered")]
    [InlineData("EXPIRED", "Failed_Expired")]
    [InlineData("DELETED", "Failed_Deleted")]
    [InlineData("UNDELIV", "Failed_Undelivered")]
    [InlineData("REJECTD", "Failed_Rejected")]
    [InlineData("BARRED", "Failed_BarredReceiver")]
    [InlineData("BARREDA", "Failed_BarredReceiver")]
    [InlineData("BARREDT", "Failed_BarredReceiver")]
    [InlineData("BARREDC", "Failed_BarredReceiver")]
    [InlineData("FAILED", "Failed")]
    [InlineData("NULL", "Failed")]
    [InlineData("UNKNOWN", "Failed")]
    [InlineData("ZEROBAL", "Failed")]
    [InlineData("ZERO_BAL", "Failed")]
    [InlineData("INV_NET", "Failed")]
    [InlineData("ACCEPTD", null)]
    [InlineData("42", null)]
    [InlineData("delivrd", null)]
    public async Task A_state_means(string providerState, string? state)
    {
        await webhooks.PostSms(Report(providerState));

        webhooks.Written().ShouldBe([new WrittenReport("link", $"984342374:{providerState}", "984342374", providerState, state)]);
    }

    [Fact]
    public async Task Every_message_is_taken_and_acknowledged()
    {
        var answer = await webhooks.PostSms("<MSGLST><MSG><ID>1</ID><REF>a</REF><STATE>DELIVRD</STATE></MSG><MSG><ID>2</ID><REF>b</REF><STATE>EXPIRED</STATE></MSG></MSGLST>");

        webhooks.Written().Select(r => r.Reference).ShouldBe(["a", "b"]);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            "<?xml version=\"1.0\"?><MSGLST><MSG><ID>1</ID><STATUS>OK</STATUS></MSG><MSG><ID>2</ID><STATUS>OK</STATUS></MSG></MSGLST>");
    }

    [Fact]
    public async Task A_report_with_the_gateways_doctype_is_taken()
    {
        await webhooks.PostSms($"<?xml version=\"1.0\"?><!DOCTYPE MSGLST SYSTEM \"pswincom_report_request.dtd\">{Report("DELIVRD")}");

        webhooks.Written().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_doctype_defines_is_not_expanded()
    {
        await webhooks.PostSms($"<!DOCTYPE MSGLST [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>{Report("&x;")}");

        webhooks.Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_ends_in_a_zero_byte_is_taken()
    {
        await webhooks.PostSms([.. Encoding.UTF8.GetBytes(Report("DELIVRD")), 0]);

        webhooks.Written().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8", "utf-8")]
    [InlineData("text/xml; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("application/xml", "iso-8859-1")]
    public async Task The_text_is_read_by_its_charset(string contentType, string encoding)
    {
        await webhooks.PostSms(Encoding.GetEncoding(encoding).GetBytes(Report("ÆØÅ")), contentType: contentType);

        webhooks.Written().Single().ProviderState.ShouldBe("ÆØÅ");
    }

    [Theory]
    [InlineData("<MSGLST/>")]
    [InlineData("<MSGLST><MSG/></MSGLST>")]
    [InlineData("<MSGLST><MSG><REF>a</REF></MSG></MSGLST>")]
    [InlineData("<MSGLST><MSG><STATE>DELIVRD</STATE></MSG></MSGLST>")]
    [InlineData("<MSGLST><MSG><REF/><STATE>DELIVRD</STATE></MSG></MSGLST>")]
    [InlineData("<OTHER/>")]
    public async Task What_is_no_report_is_taken_and_changes_nothing(string body)
    {
        (await webhooks.PostSms(body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        webhooks.Written().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("DELIVRD")]
    [InlineData("<MSGLST>")]
    [InlineData("{}")]
    public async Task What_is_not_XML_is_refused(string body) => (await webhooks.PostSms(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    private static string Report(string state) =>
        $"<MSGLST><MSG><ID>1</ID><REF>984342374</REF><RCV>4512345678</RCV><STATE>{state}</STATE><DELIVERYTIME>2006.02.23 15:23:23</DELIVERYTIME></MSG></MSGLST>";
}
