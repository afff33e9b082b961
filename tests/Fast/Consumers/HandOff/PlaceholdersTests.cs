using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Tests.Fast.Consumers.HandOff;

public sealed class PlaceholdersTests
{
    [Theory]
    [InlineData(EmailContentType.Plain, "Hei <Ola & \"Kari\">!")]
    [InlineData(EmailContentType.Html, "Hei &lt;Ola &amp; &quot;Kari&quot;&gt;!")]
    public void A_name_is_encoded_for_html_and_nowhere_else(EmailContentType contentType, string expected) =>
        Fill("Hei $recipientName$!", "<Ola & \"Kari\">", contentType).ShouldBe(expected);

    [Fact]
    public void The_text_around_a_name_is_left_as_it_was_written() =>
        Fill("<b>$recipientName$</b> & co", "Ola", EmailContentType.Html).ShouldBe("<b>Ola</b> & co");

    [Fact]
    public void A_name_that_is_not_known_leaves_nothing_behind() => Fill("Hei $recipientName$.", null, EmailContentType.Plain).ShouldBe("Hei .");

    [Theory]
    [InlineData(EmailContentType.Plain, "[991825827]")]
    [InlineData(EmailContentType.Html, "[991825827]")]
    public void An_organizations_number_is_written_out(EmailContentType contentType, string expected) =>
        Fill("[$recipientNumber$]", "Digdir", contentType, number: "991825827").ShouldBe(expected);

    [Fact]
    public void A_name_that_looks_like_a_placeholder_is_a_name() => Fill("$recipientName$", "$recipientNumber$", EmailContentType.Plain, number: "991825827").ShouldBe("$recipientNumber$");

    [Fact]
    public void A_resource_is_called_by_its_title_and_without_one_its_placeholder_is_text()
    {
        Placeholders.Fill("<p>$resourceName$</p>", Messages.Email with { ResourceName = "Mat & drikke" }, EmailContentType.Html).ShouldBe("<p>Mat &amp; drikke</p>");
        Placeholders.Fill("$resourceName$", Messages.Email, EmailContentType.Plain).ShouldBe("$resourceName$");
    }

    [Fact]
    public void A_persons_number_is_never_written_out() => Fill("[$recipientNumber$]", "Ola", EmailContentType.Plain).ShouldBe("[]");

    [Fact]
    public void Every_occurrence_is_filled() =>
        Fill("$recipientName$ $recipientName$", "Ola", EmailContentType.Plain).ShouldBe("Ola Ola");

    [Theory]
    [InlineData("$recipientname$")]
    [InlineData("$recipientName")]
    [InlineData("{recipientName}")]
    public void Anything_else_is_text(string text) => Fill(text, "Ola", EmailContentType.Plain).ShouldBe(text);

    private static string Fill(string text, string? name, EmailContentType contentType, string? number = null) =>
        Placeholders.Fill(text, Messages.Email with { RecipientName = name, RecipientNumber = number }, contentType);
}
