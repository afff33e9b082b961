using System.Text;
using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class UnknownMembersTests
{
    [Theory]
    [InlineData(OrderBodies.Email)]
    [InlineData(OrderBodies.Sms)]
    [InlineData(OrderBodies.Person)]
    public void What_is_read_is_known(string body) => Unknown(body).ShouldBeEmpty();

    [Fact]
    public void Names_are_known_in_any_case() => Unknown(OrderBodies.Email.ToUpperInvariant()).ShouldBeEmpty();

    [Theory]
    [InlineData("colour", "/colour")]
    [InlineData("recipient.recipientEmail.emailSettings.senderAddress", "/recipient/recipientEmail/emailSettings/senderAddress")]
    [InlineData("recipient.recipientEmail.channelSchema", "/recipient/recipientEmail/channelSchema")]
    [InlineData("recipient.settings", "/recipient/settings")]
    [InlineData("reminders.0.delay", "/reminders/0/delay")]
    [InlineData("a/b~c", "/a~1b~0c")]
    public void A_member_is_told_by_its_place(string path, string expected) =>
        Unknown(OrderBodies.Email.With(path, """{"x":[1,{"y":2}]}""")).ShouldBe([expected]);

    [Fact]
    public void Every_one_of_them_is_told() =>
        Unknown(OrderBodies.Person.With("one", "1").With("recipient.two", "[]").With("reminders.0.three", "null")).ShouldBe(["/recipient/two", "/reminders/0/three", "/one"], ignoreOrder: true);

    [Fact]
    public void Nobody_makes_us_write_more_than_he_did() =>
        Unknown($$"""{{{string.Join(',', Enumerable.Range(0, 5000).Select(n => $"\"m{n}\":0"))}}}""").Count.ShouldBe(50);

    [Fact]
    public void A_name_that_is_no_text_is_told_as_it_is_written() =>
        Unknown("""{"\ud800":1}""").ShouldBe(["""/\ud800"""]);

    private static IReadOnlyList<string> Unknown(string json) =>
        [.. (UnknownMembers.In(Encoding.UTF8.GetBytes(json), typeof(OrderRequest), WireJson.Options) ?? []).Select(m => m.JsonPointer)];
}
