using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class BadInputTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private static readonly Dictionary<string, (JsonNode Order, string Field)> Wrong = new(StringComparer.Ordinal)
    {
        ["no e-mail address"] = (Order.Email("not an address"), "Recipient.RecipientEmail.EmailAddress"),
        ["no subject"] = (Order.Email("a@example.no", subject: ""), "Recipient.RecipientEmail.Settings.Subject"),
        ["no body"] = (Order.Email("a@example.no", body: ""), "Recipient.RecipientEmail.Settings.Body"),
        ["a landline"] = (Order.Sms("+4722334455"), "Recipient.RecipientSms.PhoneNumber"),
        ["a number without country"] = (Order.Sms("99999999"), "Recipient.RecipientSms.PhoneNumber"),
        ["a text that is too long"] = (Order.Sms("+4799999999", new string('x', 2145)), "Recipient.RecipientSms.Settings.Body"),
        ["a short identity number"] = (Order.Person("123", "Email"), "Recipient.RecipientPerson.NationalIdentityNumber"),
        ["a channel without a text"] = (Order.Person("16069412345", "Sms").With("recipient.recipientPerson.smsSettings", null), "Recipient.RecipientPerson.SmsSettings"),
        ["two recipients"] = (Order.Email("a@example.no").With("recipient.recipientSms", Order.SmsRecipient("+4799999999")["recipientSms"]!.DeepClone()), "Recipient"),
        ["no recipient"] = (Order.Email("a@example.no").With("recipient", new JsonObject()), "Recipient"),
        ["no idempotency id"] = (Order.Email("a@example.no").Known(""), "IdempotencyId"),
        ["a time without zone"] = (Order.Email("a@example.no").With("requestedSendTime", "2050-01-01T10:00:00"), "RequestedSendTime"),
        ["a time that has passed"] = (Order.Email("a@example.no").With("requestedSendTime", "2020-01-01T10:00:00Z"), "RequestedSendTime"),
        ["a reminder without a time"] = (Order.Email("a@example.no").With("reminders", new JsonArray(new JsonObject { ["recipient"] = Order.EmailRecipient("a@example.no") })), "Reminders[0]"),
        ["a reminder after no days"] = (Order.Email("a@example.no").RemindedAfterDays(0, Order.EmailRecipient("a@example.no")), "Reminders[0].DelayDays"),
        ["a reminder to no address"] = (Order.Email("a@example.no").RemindedAfterDays(1, Order.EmailRecipient("nobody")), "Reminders[0].Recipient.RecipientEmail.EmailAddress"),
        ["a missing member"] = (new JsonObject { ["idempotencyId"] = "x" }, "$"),
        ["a word that is no schema"] = (Order.Person("16069412345", "Pigeon"), "$.recipient.recipientPerson.channelSchema"),
    };

    public static TheoryData<string> Mistakes() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Order_is_refused_and_the_field_named_for(string mistake)
    {
        var (order, field) = Wrong[mistake];
        var answer = await _owner.Post(order);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldContain(field);
        answer.Body.GetProperty("pointers").GetProperty(field).GetString().ShouldBe(Pointers.GetValueOrDefault(mistake, Pointer(field)));
    }

    /// <summary>Where the name in the body is not the one in the error.</summary>
    private static readonly Dictionary<string, string> Pointers = new(StringComparer.Ordinal)
    {
        ["no subject"] = "/recipient/recipientEmail/emailSettings/subject",
        ["no body"] = "/recipient/recipientEmail/emailSettings/body",
        ["a text that is too long"] = "/recipient/recipientSms/smsSettings/body",
    };

    private static string Pointer(string field) =>
        string.Concat(field.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => "/" + char.ToLowerInvariant(step[0]) + step[1..]));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task Body_that_is_no_order_is_refused(string body) =>
        (await _owner.PostText(body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno number\r\n", 400)]
    public async Task Request_that_cannot_be_read_is_the_clients_fault(string rest, int status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", system.Local.ApiUrl.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /notifications/api/v1/future/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {await system.Sandbox.Token(_owner.Creator)}\r\nContent-Type: application/json\r\n{rest}"));

        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync()).ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task Text_with_code_points_that_are_no_characters_is_sent() =>
        await _owner.UntilCompleted((await _owner.OrderSms("+4799999999", "a\uFFFEb")).ShipmentId);

    [Fact]
    public async Task Health_is_told_where_the_first_version_told_it() =>
        (await _owner.Call(HttpMethod.Get, "/health", body: null)).ShouldBe((HttpStatusCode.OK, "Healthy"));
}
