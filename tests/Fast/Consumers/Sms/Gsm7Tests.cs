using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.Sms;

namespace Notifications.Tests.Fast.Consumers.Sms;

public sealed class Gsm7Tests
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    [Fact]
    public void The_basic_table_has_every_code_but_the_escape() => Basic.Distinct().Count().ShouldBe(127);

    [Theory]
    [InlineData("")]
    [InlineData(Basic)]
    [InlineData("^{}\\[~]|€")]
    public void The_default_alphabet_and_its_extension_can_be_encoded(string text) => Gsm7.CanEncode(text).ShouldBeTrue();

    [Theory]
    [InlineData("ç")]
    [InlineData("Č")]
    [InlineData("š")]
    [InlineData("`")]
    [InlineData("’")]
    [InlineData("–")]
    [InlineData("\t")]
    [InlineData("\u00A0")]
    [InlineData("\u001B")]
    [InlineData("😀")]
    public void A_character_outside_of_it_cannot(string character) => Gsm7.CanEncode($"Hei {character}").ShouldBeFalse();

    [Fact]
    public void A_text_can_be_encoded_exactly_when_each_of_its_characters_can() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => text is null || Gsm7.CanEncode(text) == text.All(c => Gsm7.CanEncode($"{c}"))).QuickCheckThrowOnFailure();
}
