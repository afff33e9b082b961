using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Orders;

namespace Notifications.Tests.Fast.Api.Orders;

/// <summary>Addresses as Altinn Notifications judges them.</summary>
public sealed class AddressesTests
{
    [Theory]
    [InlineData("æge_sjøåsen@domain.com")]
    [InlineData("stephanie@kul.no")]
    [InlineData("bakken_kundeservice@sykkelverksted.com")]
    [InlineData("john.doe@sub.domain.example")]
    [InlineData("gratis-netflix+1@gmail.com")]
    [InlineData("  stephanie@kul.no ")]
    [InlineData("a@b.no")]
    [InlineData("ola@blåbær.no")]
    [InlineData("ola@192.168.0.1")]
    public void An_email_address(string address) => Addresses.IsEmail(address).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".user@example.com")]
    [InlineData("userexample.com")]
    [InlineData("user@")]
    [InlineData("@example.com")]
    [InlineData("user@example..com")]
    [InlineData("user@exa!mple.com")]
    [InlineData("user.@example.com")]
    [InlineData("one@example.com;two@example.com")]
    [InlineData("us..er@example.com")]
    [InlineData("user@example")]
    [InlineData("user@-example.com")]
    [InlineData("user@example-.com")]
    [InlineData("user@example.c")]
    [InlineData("user@example.abcdefghijklmno")]
    [InlineData("user@example.c0m")]
    [InlineData("us er@example.com")]
    [InlineData("user@example.com\nbcc: x@example.com")]
    [InlineData("a@b@c.no")]
    [InlineData("\"user\"@example.com")]
    public void Not_an_email_address(string? address) => Addresses.IsEmail(address).ShouldBeFalse();

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_up_to_63_characters(int length, bool expected) => Addresses.IsEmail($"a@{new string('b', length)}.no").ShouldBe(expected);

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void A_domain_has_up_to_nine_labels_before_its_last(int labels, bool expected) =>
        Addresses.IsEmail($"a@{string.Concat(Enumerable.Repeat("b.", labels))}no").ShouldBe(expected);

    [Theory]
    [InlineData("+4740000001")]
    [InlineData("004740000000")]
    [InlineData("+4790000000")]
    [InlineData("004790000002")]
    [InlineData("+233242426224")]
    [InlineData("+47 99 99 99 99")]
    [InlineData("+47 99999999 ")]
    [InlineData("+12125550123")]
    [InlineData("+46701234567")]
    public void A_mobile_number(string number) => Addresses.IsMobile(number).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("40000001")]
    [InlineData("90000000")]
    [InlineData("+4750000004")]
    [InlineData("+47900000001")]
    [InlineData("+14790000000")]
    [InlineData("++4740000000")]
    [InlineData(" +4799999999")]
    [InlineData("+0099999999")]
    [InlineData("00004799999999")]
    [InlineData("+47999999aa")]
    [InlineData("+4799999999\n")]
    [InlineData("+४७९९९९९९९९")]
    [InlineData("+1234567890123456")]
    public void Not_a_mobile_number(string? number) => Addresses.IsMobile(number).ShouldBeFalse();

    [Fact]
    public void Any_text_is_judged_without_failing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            Addresses.IsEmail(text);
            Addresses.IsMobile(text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_made_to_be_slow_is_judged_at_once()
    {
        var slow = $"{string.Concat(Enumerable.Repeat("a.", 20_000))}@{string.Concat(Enumerable.Repeat("a-", 20_000))}";

        Should.CompleteIn(() => Addresses.IsEmail(slow), TimeSpan.FromSeconds(1));
    }
}
