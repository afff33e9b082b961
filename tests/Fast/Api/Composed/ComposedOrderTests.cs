using System.Text.Json;
using Notifications.Api.Composed;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Store;
using Notifications.Tests.Fast.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Composed;

/// <summary>The rules for e-mail with attachments, each under the key that clients know.</summary>
public sealed class ComposedOrderTests
{
    private const string Settings = "Recipient.Settings";
    private const string File = Settings + ".Attachments[0]";
    private const string Host = "https://ttd.blob.core.windows.net";
    private const string Signed = "se=2026-11-22T08:15:00Z&sp=r&sr=b&sig=x";

    private const string Body =
        $$$$"""
        {"idempotencyId":"id-1","sendersReference":"ref-1","requestedSendTime":"2026-11-22T08:00:00Z","dialogportenAssociation":{"dialogId":"d","transmissionId":"t"},
         "recipient":{"emailAddress":"ola@example.no","emailSettings":{"senderEmailAddress":null,"subject":"Hei\r\nhei","body":"Tekst","contentType":"Html",
          "attachments":[{"fileName":"a.pdf","mimeType":"application/pdf","sasUrl":"{{{{Host}}}}/letters/a.pdf?{{{{Signed}}}}"}]}}}
        """;

    public static TheoryData<string, string, string, string> Rules() => new()
    {
        { "idempotencyId", "\"\"", "IdempotencyId", "empty" },
        { "sendersReference", $"\"{new string('r', 513)}\"", "SendersReference", "too long" },
        { "requestedSendTime", "\"2026-11-22T08:00:00\"", "RequestedSendTime", "no zone" },
        { "requestedSendTime", "\"2026-11-21T07:00:00Z\"", "RequestedSendTime", "passed" },
        { "conditionEndpoint", "\"ftp://example.no\"", "ConditionEndpoint", "no http" },
        { "conditionEndpoint", "\"/condition\"", "ConditionEndpoint", "not absolute" },
        { "conditionOnError", "9", "ConditionOnError", "unknown" },
        { "sendingWindow", """{"weekdays":[]}""", "SendingWindow.Weekdays", "no day" },
        { "recipient", "null", "Recipient", "null" },
        { "recipient.emailAddress", "\"user@\"", "Recipient.EmailAddress", "wrong" },
        { "recipient.emailAddress", "null", "Recipient.EmailAddress", "null" },
        { "recipient.emailSettings", "null", Settings, "null" },
        { "recipient.emailSettings.subject", "\"\"", $"{Settings}.Subject", "empty" },
        { "recipient.emailSettings.body", "\"\"", $"{Settings}.Body", "empty" },
        { "recipient.emailSettings.contentType", "7", $"{Settings}.ContentType", "unknown" },
        { "recipient.emailSettings.sendingTimePolicy", "\"Daytime\"", $"{Settings}.SendingTimePolicy", "not for e-mail" },
        { "recipient.emailSettings.senderEmailAddress", "\"etat\"", $"{Settings}.SenderEmailAddress", "wrong" },
        { "recipient.emailSettings.attachments", $"[{string.Join(',', Enumerable.Repeat(Attachment(), 101))}]", $"{Settings}.Attachments", "too many" },
        { "recipient.emailSettings.attachments.0", "null", File, "null" },
        { "recipient.emailSettings.attachments.0.fileName", "\"\"", $"{File}.Filename", "empty" },
        { "recipient.emailSettings.attachments.0.fileName", "null", $"{File}.Filename", "null" },
        { "recipient.emailSettings.attachments.0.fileName", "\"a/b.pdf\"", $"{File}.Filename", "a folder" },
        { "recipient.emailSettings.attachments.0.fileName", "\"a\\\\b.pdf\"", $"{File}.Filename", "a folder of Windows" },
        { "recipient.emailSettings.attachments.0.fileName", "\"letter\"", $"{File}.Filename", "no extension" },
        { "recipient.emailSettings.attachments.0.fileName", "\"letter.\"", $"{File}.Filename", "an empty extension" },
        { "recipient.emailSettings.attachments.0.fileName", "\"a\\nb.pdf\"", $"{File}.Filename", "a line break" },
        { "recipient.emailSettings.attachments.0.mimeType", "\"\"", $"{File}.MimeType", "empty" },
        { "recipient.emailSettings.attachments.0.mimeType", "\"application/x-msdownload\"", $"{File}.MimeType", "a program" },
        { "recipient.emailSettings.attachments.0.sasUrl", "null", $"{File}.SasUrl", "null" },
        { "recipient.emailSettings.attachments.0.sasUrl", "\"/letters/a.pdf\"", $"{File}.SasUrl", "not absolute" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"http://ttd.blob.core.windows.net/a/b?{Signed}"), $"{File}.SasUrl", "no https" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"https://example.no/a/b?{Signed}"), $"{File}.SasUrl", "elsewhere" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"https://blob.core.windows.net.example.no/a/b?{Signed}"), $"{File}.SasUrl", "elsewhere, under a name like it" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"https://ttd.blob.core.windows.net:8443/a/b?{Signed}"), $"{File}.SasUrl", "another port" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"https://x@ttd.blob.core.windows.net/a/b?{Signed}"), $"{File}.SasUrl", "a user" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?sp=r&sr=b&sig=x"), $"{File}.SasUrl", "no se" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-23T08:00:00Z&sr=b&sig=x"), $"{File}.SasUrl", "no sp" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-23T08:00:00Z&sp=r&sr=b"), $"{File}.SasUrl", "no sig" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-23T08:00:00Z&sp=r&sr=b&sig=%20"), $"{File}.SasUrl", "a blank sig" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-23T08:00:00Z&sp=r&sr=c&sig=x"), $"{File}.SasUrl", "a whole container" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=soon&sp=r&sr=b&sig=x"), $"{File}.SasUrl", "no time" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-23T08:00:00Z&sp=w&sr=b&sig=x"), $"{File}.SasUrl", "not to be read" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/{new string('a', 4096)}?{Signed}"), $"{File}.SasUrl", "too long" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-22T08:14:59Z&sp=r&sr=b&sig=x"), File, "not good for long enough" },
    };

    public static TheoryData<string, string> Accepted() => new()
    {
        { "recipient.emailSettings.attachments", "null" },
        { "recipient.emailSettings.attachments", "[]" },
        { "recipient.emailSettings.attachments", $"[{string.Join(',', Enumerable.Repeat(Attachment(), 100))}]" },
        { "recipient.emailSettings.attachments.0.mimeType", "\"Application/PDF\"" },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"https://TTD.Blob.Core.Windows.Net/a/b?sv=1&se=2026-11-23&sp=rw&sr=B&sig=a%2Bb%3D") },
        { "recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=9999-12-31T23:59:59Z&sp=r&sr=b&sig=x") },
        { "requestedSendTime", "null" },
        { "conditionEndpoint", "\"https://example.no/condition\"" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void An_order_is_refused_by_the_key_of(string path, string value, string key, string because) => Keys(Body.With(path, value)).ShouldBe([key], because);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void An_order_may_say(string path, string value) => Keys(Body.With(path, value)).ShouldBeEmpty();

    [Fact]
    public void A_file_of_an_order_without_a_time_must_be_there_for_a_while_from_now()
    {
        var order = Body.With("requestedSendTime", null);

        Keys(order.With("recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-21T08:14:59Z&sp=r&sr=b&sig=x"))).ShouldBe([File]);
        Keys(order.With("recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se=2026-11-21T08:15:00Z&sp=r&sr=b&sig=x"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")]
    public void Times_at_the_ends_of_the_calendar_are_refused_like_any_other(string sendTime, string expiry) =>
        Keys(Body.With("requestedSendTime", $"\"{sendTime}\"").With("recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/a/b?se={expiry}&sp=r&sr=b&sig=x")))
            .Contains("RequestedSendTime", StringComparer.Ordinal).ShouldBeTrue();

    [Theory]
    [InlineData("fileName")]
    [InlineData("mimeType")]
    [InlineData("sasUrl")]
    public void A_member_of_a_file_that_must_be_there_is_missed_when_it_is_read(string member) =>
        Should.Throw<JsonException>(() => Read(Body.With($"recipient.emailSettings.attachments.0.{member}", null))).Message.ShouldContain(member, Case.Insensitive);

    [Fact]
    public void It_becomes_one_shipment_of_its_kind_and_a_row_for_each_file()
    {
        var composed = new ComposedOrder(Read(Body), "ttd", FixedClock.Start);
        var order = composed.Order("{}");
        var shipment = composed.Shipment(order.Id);

        (order.Kind, order.DialogId, order.TransmissionId).ShouldBe((OrderKind.Composed, "d", "t"));
        (shipment.Type, shipment.EmailSubject, shipment.EmailSender, shipment.EmailContentType).ShouldBe((ShipmentType.Composed, "Hei hei", null, EmailContentType.Html));
        shipment.RequestedSendTime.ShouldBe(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        var file = composed.Attachments(shipment.Id).ShouldHaveSingleItem();
        (file.Filename, file.MimeType, file.Address).ShouldBe(("a.pdf", "application/pdf", $"{Host}/letters/a.pdf?{Signed}"));
        file.ExpiresAt.ShouldBe(new DateTimeOffset(2026, 11, 22, 8, 15, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_secret_of_a_file_is_no_other_content_and_another_file_is()
    {
        Differences(Body.With("recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/letters/a.pdf?se=2026-12-01&sp=r&sr=b&sig=y"))).ShouldBeEmpty();
        Differences(Body.With("recipient.emailSettings.attachments.0.sasUrl", Address($"{Host}/letters/b.pdf?{Signed}"))).ShouldBe(["recipient.emailSettings.attachments[0].sasUrl"]);
        Differences(Body.With("recipient.emailSettings.attachments.0.fileName", "\"b.pdf\"")).ShouldBe(["recipient.emailSettings.attachments[0].filename"]);
    }

    private static string Attachment() => $$"""{"filename":"a.pdf","mimeType":"application/pdf","sasUrl":"{{Host}}/a/b?{{Signed}}"}""";

    private static string Address(string address) => JsonSerializer.Serialize(address);

    private static IReadOnlyList<string> Differences(string other) =>
        Fingerprint.Differences(Fingerprint.Of(Read(Body), WireJson.Options), Fingerprint.Of(Read(other), WireJson.Options));

    private static string[] Keys(string json) =>
        [.. new ComposedOrderValidator(new FixedClock()).Validate(Read(json)).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal)];

    private static ComposedOrderRequest Read(string json) => JsonSerializer.Deserialize<ComposedOrderRequest>(json, WireJson.Options)!;
}
