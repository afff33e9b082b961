using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

[Collection(SharedSystemTests.Name)]
public sealed class BadInputTests(SharedSystem system)
{
    private readonly V1Driver _owner = system.NewOwner().V1;

    private static readonly Dictionary<string, (string Path, JsonObject Order, string Field)> Wrong = new(StringComparer.Ordinal)
    {
        ["no subject"] = ("orders/email", EmailTo(Email("a@example.no")).With("subject", ""), "Subject"),
        ["no body"] = ("orders/email", EmailTo(Email("a@example.no")).With("body", null), "Body"),
        ["no e-mail address"] = ("orders/email", EmailTo(Email("a@example.no"), Email("nobody")), "Recipients[1].EmailAddress"),
        ["nobody"] = ("orders/email", EmailTo(), "Recipients"),
        ["no list"] = ("orders/email", EmailTo().With("recipients", null), "Recipients"),
        ["a number for an e-mail"] = ("orders/email", EmailTo(Mobile("+4799999999")), "Recipients[0]"),
        ["no text"] = ("orders/sms", SmsTo(Mobile("+4799999999")).With("body", " "), "Body"),
        ["a text that is too long"] = ("orders/sms", SmsTo(Mobile("+4799999999")).With("body", new string('x', 2145)), "Body"),
        ["a landline"] = ("orders/sms", SmsTo(Mobile("+4722222222")), "Recipients[0].MobileNumber"),
        ["a short identity number"] = ("orders/sms", SmsTo(Person("123")), "Recipients[0].NationalIdentityNumber"),
        ["no channel"] = ("orders", AnyTo("Email", Email("a@example.no")).With("notificationChannel", null), "NotificationChannel"),
        ["an unknown channel"] = ("orders", AnyTo("Pigeon", Email("a@example.no")), "$.notificationChannel"),
        ["a channel of a number that means nothing"] = ("orders", AnyTo("Email", Email("a@example.no")).With("notificationChannel", 9), "NotificationChannel"),
        ["no template of the other channel"] = ("orders", AnyTo("EmailAndSms", Email("a@example.no")).With("smsTemplate", null), "SmsTemplate"),
        ["no text in a template"] = ("orders", AnyTo("EmailAndSms", Email("a@example.no")).With("smsTemplate.body", ""), "SmsTemplate.Body"),
        ["both channels to nobody"] = ("orders", AnyTo("EmailAndSms", []), "Recipients"),
        ["a time without zone"] = ("orders/sms", SmsTo(Mobile("+4799999999")).With("requestedSendTime", "2050-01-01T10:00:00"), "RequestedSendTime"),
        ["a time that has passed"] = ("orders/sms", SmsTo(Mobile("+4799999999")).With("requestedSendTime", "2020-01-01T10:00:00Z"), "RequestedSendTime"),
        ["recipients that are no list"] = ("orders/sms", SmsTo().With("recipients", "ola"), "$.recipients"),
    };

    public static TheoryData<string> Mistakes() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Order_is_refused_and_the_field_named_for(string mistake)
    {
        var (path, order, field) = Wrong[mistake];
        var answer = await _owner.Post(path, order);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldContain(field);
    }

    [Fact]
    public async Task Wrong_member_is_also_named_by_its_pointer()
    {
        var answer = await _owner.Post("orders/email", EmailTo(Email("a@example.no"), Email("nobody")));

        answer.Body.GetProperty("pointers").GetProperty("Recipients[1].EmailAddress").GetString().ShouldBe("/recipients/1/emailAddress");
    }

    [Fact]
    public async Task Member_that_nobody_reads_is_named_in_the_answer()
    {
        var answer = await _owner.Post("orders/email", EmailTo(Email("a@example.no").With("isReserved", false).With("phone", "+4799999999")));

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        answer.Body.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("/recipients/0/phone");
    }

    [Theory]
    [InlineData("orders/email", "", "emailNotificationOrderRequest")]
    [InlineData("orders/email", "null", "emailNotificationOrderRequest")]
    [InlineData("orders/sms", "{", "smsNotificationOrderRequest")]
    [InlineData("orders/sms", "[]", "smsNotificationOrderRequest")]
    [InlineData("orders", """{"notificationChannel":"Pigeon"}""", "notificationOrderRequest")]
    public async Task Body_that_is_no_order_is_refused_by_the_name_that_clients_know(string path, string body, string name)
    {
        var answer = await _owner.PostText(path, body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldContain(name);
    }

    [Theory]
    [InlineData("orders/email")]
    [InlineData("orders/sms")]
    [InlineData("orders")]
    public async Task Body_of_another_kind_is_not_read_and_nobody_orders_without_a_token_and_the_scope(string path)
    {
        var other = await _owner.PostText(path, "{}", contentType: "text/plain");
        (other.Status, other.Body.ValueKind).ShouldBe((HttpStatusCode.UnsupportedMediaType, JsonValueKind.Undefined));
        (await _owner.PostText(path, "{}", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.PostText(path, "{}", await system.Sandbox.NewToken("org=ttd&scope=altinn:serviceowner/instances.read"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Reference_that_no_order_can_have_is_refused() =>
        (await _owner.Get("orders?sendersReference=a%00b")).Errors().ShouldBe(["sendersReference"]);
}
