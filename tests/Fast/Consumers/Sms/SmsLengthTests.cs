using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.Sms;

namespace Notifications.Tests.Fast.Consumers.Sms;

/// <summary>The vectors of 3GPP TS 23.038.</summary>
public sealed class SmsLengthTests
{
    public static TheoryData<string, int> Vectors() => new()
    {
        { "", 1 },
        { Many("A", 160), 1 },
        { Many("A", 161), 2 },
        { Many("A", 306), 2 },
        { Many("A", 307), 3 },
        { Many("€", 80), 1 },
        { Many("€", 81), 2 },
        { Many("A", 152) + "€" + Many("A", 152), 3 },
        { Many("A", 152) + "€" + Many("A", 151), 2 },
        { Many("á", 70), 1 },
        { Many("á", 71), 2 },
        { Many("á", 134), 2 },
        { Many("á", 135), 3 },
        { Many("😀", 35), 1 },
        { Many("😀", 36), 2 },
        { Many("á", 66) + "😀" + Many("á", 66), 3 },
        { Many("å", 160), 1 },
        { Many("a\u030A", 160), 1 },
        { Many("\r\n", 160), 1 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_text_takes_so_many_parts(string text, int parts) => SmsLength.Of(text).Parts.ShouldBe(parts);

    [Theory]
    [InlineData("A", 2144, true)]
    [InlineData("A", 2145, false)]
    [InlineData("€", 1216, true)]
    [InlineData("€", 1217, false)]
    [InlineData("č", 1072, true)]
    [InlineData("č", 1073, false)]
    [InlineData("😀", 528, true)]
    [InlineData("😀", 529, false)]
    public void The_gateway_takes_so_many(string character, int count, bool fits) => SmsLength.Of(Many(character, count)).Fits.ShouldBe(fits);

    [Fact]
    public void A_longer_text_never_takes_fewer_parts() =>
        Prop.ForAll(Texts(), Texts(), (one, other) => SmsLength.Of(one + other).Parts >= SmsLength.Of(one).Parts).QuickCheckThrowOnFailure();

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static Arbitrary<string> Texts() =>
        (from pieces in Gen.Elements("a", "å", "€", "č", "😀", "Hei på deg, ").ListOf()
         from times in Gen.Choose(1, 60)
         select Many(string.Concat(pieces), times)).ToArbitrary();

    [Theory]
    [InlineData("a\uFFFEb")]
    [InlineData("a\uFFFFb")]
    [InlineData("\uD800")]
    public void What_is_no_character_is_counted_and_kept(string text)
    {
        SmsLength.Of(text).ShouldBe(new SmsLength(IsGsm7: false, text.Length, Parts: 1));
        SmsLength.Sent(text).ShouldBe(text);
    }
}
