using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Reports;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Reports;

/// <summary>Delivery status notifications of mail servers (RFC 3464).</summary>
public sealed class DeliveryStatusTests
{
    private const string Id = "8540c0de-899f-5cce-acb5-3ec493af3800";

    public static TheoryData<string> Names => [.. MappingTable.Rows("Mail servers", "Delivery status notifications").Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_happened_means_what_its_row_says(string name)
    {
        var row = MappingTable.Rows("Mail servers", "Delivery status notifications").Single(r => r.Name == name);
        var (action, status) = (row.Says.Split(' ')[0], row.Code);

        var report = DeliveryStatus.Read(Notification(Id, action, status)).ShouldHaveSingleItem();

        // A mail server's yes is as far as a message has come that nothing more is known of.
        (report.Provider, report.Channel, report.Reference, (report.State ?? NotificationState.Succeeded).ToString()).ShouldBe((Providers.Smtp, Channel.Email, Id, row["Message"]));
        DeliveryStatus.Read(Notification(Id, action, status)).Single().Key.ShouldBe(report.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-ours")]
    public void What_is_not_about_a_message_of_ours_is_no_report(string id) => DeliveryStatus.Read(Notification(id, "failed", "5.1.1")).ShouldBeEmpty();

    [Fact]
    public void What_the_returned_message_says_is_no_report() =>
        DeliveryStatus.Read(Notification(Id, "delayed", "4.0.0") + $"Original-Envelope-Id: {Id}\r\nAction: delivered\r\nStatus: 2.0.0\r\n").Single().State.ShouldBeNull();

    [Fact]
    public void Whatever_is_posted_it_is_read_without_an_error() => Prop
        .ForAll(Mutilated.From(Notification(Id, "failed", "5.1.1"), Notification(Id, "delivered", "2.0.0")), Gen.Constant(0).ToArbitrary(), (body, _) =>
        {
            DeliveryStatus.Read(System.Text.Encoding.Latin1.GetString(body));
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Notification(string id, string action, string status) =>
        $"""
        From: <mailer-daemon@example.no>
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        Status: it went wrong
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.no
        Original-Envelope-Id: {id}

        Final-Recipient: rfc822; ola@example.no
        Action: {action}
        Status: {status}

        --b
        Content-Type: text/rfc822-headers

        Subject: Hello

        """.ReplaceLineEndings("\r\n");
}
