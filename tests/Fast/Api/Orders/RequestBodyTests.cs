using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class RequestBodyTests
{
    private static readonly Handling Lenient = new(WireJson.Options, IsStrict: false);

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("{", "$")]
    [InlineData("x", "$")]
    [InlineData(" ", "$")]
    [InlineData("\u001f\u008b", "$")]
    [InlineData("[]", "$")]
    [InlineData("{} {}", "$")]
    [InlineData("""{"idempotencyId":5}""", "$.idempotencyId")]
    [InlineData("""{"recipient":{"recipientPerson":{"channelSchema":"Fax"}}}""", "$.recipient.recipientPerson.channelSchema")]
    [InlineData("""{"reminders":[{},{"delayDays":"x"}]}""", "$.reminders[0]")]
    public void What_cannot_be_read_is_told_by_where(string json, string key)
    {
        var problem = Problem(Parse(json));

        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([key, "body"]);
        problem.GetProperty("pointers").GetProperty(key).GetString().ShouldBe(key.Replace("$", "").Replace("[0]", "/0").Replace('.', '/'));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Parse("\uFEFF" + OrderBodies.Sms).Value.ShouldNotBeNull();

    [Fact]
    public void What_nobody_reads_is_a_warning_and_a_problem_for_who_is_strict()
    {
        var json = OrderBodies.Sms.With("recipient.colour", "1");

        var read = Parse(json);
        read.Value.ShouldNotBeNull();
        read.Warnings.ShouldHaveSingleItem().ShouldStartWith("/recipient/colour ");
        Parse(OrderBodies.Sms).Warnings.ShouldBeNull();

        var problem = Problem(Parse(json, Lenient with { IsStrict = true }));
        problem.GetProperty("status").GetInt32().ShouldBe(400);
        problem.GetProperty("pointers").GetProperty("$.recipient.colour").GetString().ShouldBe("/recipient/colour");
    }

    [Theory]
    [InlineData("0", SendingTimePolicy.Anytime)]
    [InlineData("1", SendingTimePolicy.Daytime)]
    [InlineData("2", SendingTimePolicy.Daytime)]
    [InlineData("\"Anytime\"", SendingTimePolicy.Anytime)]
    [InlineData("\"daytime\"", SendingTimePolicy.Daytime)]
    public void The_app_librarys_numbers_are_read_for_who_uses_them(string value, SendingTimePolicy expected) =>
        Parse(OrderBodies.Sms.With("recipient.recipientSms.smsSettings.sendingTimePolicy", value), new Handling(WireJson.AppLibraryOptions, IsStrict: false))
            .Value!.Recipient.RecipientSms!.Settings.SendingTimePolicy.ShouldBe(expected);

    [Theory]
    [InlineData("", "")]
    [InlineData("IdempotencyId", "/idempotencyId")]
    [InlineData("Recipient.RecipientEmail.Settings.Subject", "/recipient/recipientEmail/emailSettings/subject")]
    [InlineData("Recipient.RecipientPerson.EmailSettings.Body", "/recipient/recipientPerson/emailSettings/body")]
    [InlineData("Reminders[12].Recipient.RecipientSms.Settings", "/reminders/12/recipient/recipientSms/smsSettings")]
    [InlineData("Reminders[0]", "/reminders/0")]
    [InlineData("Nobody.KnowsThis", "/nobody/knowsThis")]
    public void A_member_has_a_pointer(string name, string expected) => JsonPointer.OfMember(typeof(OrderRequest), name).ShouldBe(expected);

    private static ReadBody<OrderRequest> Parse(string json, Handling? handling = null) =>
        RequestBody.Parse<OrderRequest>(Encoding.UTF8.GetBytes(json), "body", handling ?? Lenient);

    private static JsonElement Problem(ReadBody<OrderRequest> read) =>
        JsonSerializer.SerializeToElement(((IValueHttpResult)read.Problem.ShouldNotBeNull()).Value, WireJson.Options);
}
