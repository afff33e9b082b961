using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.Fast.Sagas;

public sealed class ReaderLanguageTests
{
    [Theory]
    [InlineData("nb,nn,en,se", "nb", "nb")]
    [InlineData("nb,nn,en,se", "nn", "nn")]
    [InlineData("nb,nn,en,se", "en", "en")]
    [InlineData("nb,nn,en,se", "se", "se")]
    [InlineData("nb,nn,en", "se", "nb")]
    [InlineData("nn,en", "se", "nn")]
    [InlineData("nb,en", "nn", "nb")]
    [InlineData("nn,en", "nb", "nn")]
    [InlineData("nb,en", "no", "nb")]
    [InlineData("nb,en", "EN-GB", "en")]
    [InlineData("nb,en", "nb_NO", "nb")]
    [InlineData("nb,nn", "en", null)]
    [InlineData("en", "nb", null)]
    [InlineData("nb,en", "de", null)]
    [InlineData("nb,en", "", null)]
    [InlineData("nb,en", null, null)]
    [InlineData("", "nb", null)]
    public void Everybody_is_told_in_what_they_would_rather_read_of_what_there_is(string written, string? reader, string? expected) =>
        ReaderLanguage.Choose(written.Split(',', StringSplitOptions.RemoveEmptyEntries), reader).ShouldBe(expected);

    [Fact]
    public void Each_channel_is_told_in_a_language_that_it_is_written_in()
    {
        var texts = new ShipmentTexts
        {
            Email = new Dictionary<string, EmailText>(StringComparer.Ordinal) { ["nb"] = new("Emne", "Tekst"), ["en"] = new("Subject", "Text") },
            Sms = new Dictionary<string, string>(StringComparer.Ordinal) { ["nb"] = "Tekst" },
        };

        Told(ChannelSchema.EmailAndSms, texts, "en").ShouldBe(["Email en", "Sms "]);
        Told(ChannelSchema.EmailAndSms, texts, "nn").ShouldBe(["Email nb", "Sms nb"]);
        Told(ChannelSchema.EmailAndSms, texts: null, "nn").ShouldBe(["Email ", "Sms "]);
    }

    [Fact]
    public void What_is_kept_for_a_failed_delivery_is_told_in_the_same_language()
    {
        var order = Order(ChannelSchema.EmailPreferred, new ShipmentTexts { Sms = new Dictionary<string, string>(StringComparer.Ordinal) { ["nn"] = "Tekst" } });
        ResolvedRecipient[] found = [Found("nb")];

        FallbackRules.Plan(order, found, SelectNotifications.For(order, found)).Single().Instead.Single().Language.ShouldBe("nn");
    }

    private static IEnumerable<string> Told(ChannelSchema schema, ShipmentTexts? texts, string language) =>
        SelectNotifications.For(Order(schema, texts), [Found(language)]).Select(n => $"{n.Channel} {n.Language}");

    private static RecipientOrder Order(ChannelSchema schema, ShipmentTexts? texts) => new(
        [new OrderedRecipient { NationalIdentityNumber = "16069412345" }], schema, IgnoreReservation: false, UseStaleContactInformation: false, NamesRecipient: false, Texts: texts);

    private static ResolvedRecipient Found(string language) => new()
    {
        ShipmentId = Guid.Empty, Ordinal = 0, IsReserved = false, Emails = ["ola@example.no"], Mobiles = ["+4799999999"], Language = language,
    };
}
