using System.Text;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Link;
using Notifications.Sandbox.Reports;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class PswinTests
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>";

    [Fact]
    public void The_charset_of_http_wins_over_the_declaration() =>
        Parse(Encoding.UTF8.GetBytes(Session("Hei på deg")), "text/xml; charset=utf-8").Messages[0].Text.ShouldBe("Hei på deg");

    [Fact]
    public void Without_a_charset_the_declaration_counts() =>
        Parse(Encoding.Latin1.GetBytes(Session("Hei på deg")), "application/xml").Messages[0].Text.ShouldBe("Hei på deg");

    [Fact]
    public void A_trailing_nul_is_ignored() =>
        Parse([.. Encoding.Latin1.GetBytes(Session("Blåbær")), 0], null).Messages[0].Text.ShouldBe("Blåbær");

    [Fact]
    public void A_document_type_is_ignored() =>
        Parse(Encoding.Latin1.GetBytes(Session("x").Replace(Declaration, Declaration + "<!DOCTYPE SESSION SYSTEM \"pswincom_submit.dtd\">", StringComparison.Ordinal)), null)
            .Client.ShouldBe("user");

    [Fact]
    public void What_is_no_session_is_not_parsed()
    {
        PswinRequest.Parse("<<{]"u8.ToArray(), "text/xml; charset=utf-8").ShouldBeNull();
        PswinRequest.Parse("<OTHER/>"u8.ToArray(), null).ShouldBeNull();
        PswinRequest.Parse("<SESSION/>"u8.ToArray(), "text/xml; charset=nonsense").ShouldBeNull();
    }

    [Fact]
    public void All_messages_of_a_session_are_read()
    {
        var session = Parse(Encoding.UTF8.GetBytes(Session("a", "b")), "text/xml; charset=utf-8");

        session.Password.ShouldBe("secret");
        session.Messages.ShouldBe([
            new PswinMessage("1", "a", "Altinn", "+4799999999", 2880, 1),
            new PswinMessage("2", "b", "Altinn", "+4799999999", 2880, 1)]);
    }

    [Fact]
    public void Operation_9_carries_hexadecimal_utf16()
    {
        var hex = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("Ánne 😀"));

        GatewayText.Of(hex, 9).ShouldBe(new GatewayText("Ánne 😀", 1));
        GatewayText.Of("zz", 9).ShouldBeNull();
        GatewayText.Of("00", 9).ShouldBeNull();
    }

    [Theory]
    [InlineData(160, 160, 1)]
    [InlineData(161, 161, 2)]
    [InlineData(268, 268, 2)]
    [InlineData(269, 269, 3)]
    [InlineData(2144, 2144, 16)]
    [InlineData(2145, 2144, 16)]
    public void The_gateway_cuts_into_sixteen_parts_of_134_and_drops_the_rest(int length, int sent, int parts)
    {
        var text = GatewayText.Of(new string('å', length), 1)!;

        text.Text.Length.ShouldBe(sent);
        text.Parts.ShouldBe(parts);
    }

    [Fact]
    public void Letters_outside_the_alphabet_do_not_survive_operation_1() =>
        GatewayText.Of("Ánne €", 1)!.Text.ShouldBe("?nne €");

    [Theory]
    [InlineData("4740000000", "DELIVRD")]
    [InlineData("4740000001", "UNDELIV")]
    [InlineData("4740000002", "EXPIRED")]
    [InlineData("4740000003", "REJECTD")]
    [InlineData("4740000004", "DELETED")]
    [InlineData("4740000005", "BARRED")]
    [InlineData("4740000006", "FAILED")]
    [InlineData("4740000007", "UNKNOWN")]
    [InlineData("4740000008", "NULL")]
    [InlineData("4740000009", "BARREDA")]
    [InlineData("4740000010", "ZEROBAL")]
    [InlineData("4740000011", "ACCEPTD DELIVRD")]
    [InlineData("4740000012", "INV_NET")]
    [InlineData("4740000013", "42")]
    [InlineData("4740000020", "")]
    [InlineData("4740000021", "DELIVRD")]
    [InlineData("4740000022", "DELIVRD DELIVRD")]
    [InlineData("4799999999", "DELIVRD")]
    [InlineData("47400000010", "DELIVRD")]
    public void The_last_two_digits_of_a_magic_number_decide_its_reports(string receiver, string states) =>
        string.Join(' ', MagicNumber.Reports(MagicNumber.Of(receiver), TimeSpan.FromSeconds(30)).SelectMany(report => Enumerable.Repeat(report.Status, report.Copies)))
            .ShouldBe(states);

    [Fact]
    public void A_message_that_is_later_than_its_lifetime_expires_when_the_lifetime_ends()
    {
        var late = new PlannedReport("DELIVRD") { Delay = TimeSpan.FromMinutes(5) };

        SmsIntake.WithinLifetime(late, TimeSpan.FromMinutes(1)).ShouldBe(new PlannedReport("EXPIRED") { Delay = TimeSpan.FromMinutes(1) });
        SmsIntake.WithinLifetime(late, TimeSpan.FromMinutes(5)).ShouldBe(late);
        SmsIntake.WithinLifetime(late, null).ShouldBe(late);
    }

    [Fact]
    public void Several_reports_are_one_document_with_a_document_type()
    {
        var message = new InboxMessage { Channel = "sms", To = "+4799999999", From = "Altinn", Body = "", Reference = "r", AcceptedAt = DateTimeOffset.UnixEpoch };
        var winter = new DateTimeOffset(2006, 2, 23, 14, 23, 23, TimeSpan.Zero);

        SmsReports.Body([new SmsReport(message, "r1", "4799999999", "DELIVRD", winter), new SmsReport(message, "r2", "4799999998", "UNDELIV", winter)]).ShouldBe(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE MSGLST SYSTEM \"pswincom_report_request.dtd\">\n"
            + "<MSGLST><MSG><ID>1</ID><REF>r1</REF><RCV>4799999999</RCV><STATE>DELIVRD</STATE><DELIVERYTIME>2006.02.23 15:23:23</DELIVERYTIME></MSG>"
            + "<MSG><ID>2</ID><REF>r2</REF><RCV>4799999998</RCV><STATE>UNDELIV</STATE></MSG></MSGLST>");
    }

    [Fact]
    public void Only_reports_answered_with_ok_are_taken() =>
        SmsReports.Taken("<?xml version=\"1.0\"?><MSGLST><MSG><ID>1</ID><STATUS>OK</STATUS></MSG><MSG><ID>2</ID><STATUS>FAIL</STATUS></MSG></MSGLST>", 3)
            .ShouldBe([true, false, false]);

    private static PswinRequest Parse(byte[] body, string? contentType) => PswinRequest.Parse(body, contentType).ShouldNotBeNull();

    private static string Session(params string[] texts) =>
        Declaration + "<SESSION><CLIENT>user</CLIENT><PW>secret</PW><MSGLST>"
        + string.Concat(texts.Select((text, index) => $"<MSG><ID>{index + 1}</ID><TEXT>{text}</TEXT><SND>Altinn</SND><RCV>+4799999999</RCV><TTL>2880</TTL></MSG>"))
        + "</MSGLST></SESSION>";
}
