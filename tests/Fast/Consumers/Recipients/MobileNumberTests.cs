using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.Recipients;

namespace Notifications.Tests.Fast.Consumers.Recipients;

public sealed class MobileNumberTests
{
    [Theory]
    [InlineData("99999999", "+4799999999")]
    [InlineData("40000001", "+4740000001")]
    [InlineData("999 99 999", "+4799999999")]
    [InlineData("+4799999999", "+4799999999")]
    [InlineData("+47 999 99 999", "+4799999999")]
    [InlineData("004799999999", "+4799999999")]
    [InlineData("+46701234567", "+46701234567")]
    [InlineData("00233242426224", "+233242426224")]
    public void A_registered_number_is_brought_to_the_gateways_form(string registered, string expected) => MobileNumber.Normalize(registered).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("22222222")]
    [InlineData("+4722222222")]
    [InlineData("+47999999999")]
    [InlineData("+479999999")]
    [InlineData("9999999")]
    [InlineData("4799999999")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("++4799999999")]
    [InlineData("+0123456789")]
    [InlineData("+479999999a")]
    [InlineData("+12345678901234567")]
    [InlineData("ukjent")]
    public void What_cannot_be_a_mobile_number_is_none(string? registered) => MobileNumber.Normalize(registered).ShouldBeNull();

    [Fact]
    public void A_number_in_the_gateways_form_stays_as_it_is() =>
        Prop.ForAll(Registered(), text => MobileNumber.Normalize(text) is not { } number || MobileNumber.Normalize(number) == number).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_registered_gives_a_plus_and_digits_or_nothing() =>
        Prop.ForAll(Registered(), text => MobileNumber.Normalize(text) is not { } number || (number[0] == '+' && number.Skip(1).All(char.IsAsciiDigit))).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Registered() =>
        (from prefix in Gen.Elements("", "+", "00", "+47", "0047", "+46", "47", " ")
         from digits in Gen.Elements('0', '1', '4', '5', '9', ' ', 'x').ListOf()
         select prefix + string.Concat(digits)).ToArbitrary();
}
