using Notifications.Consumers.Email;

namespace Notifications.Tests.Fast.Consumers.Email;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Hei på deg", "Hei på deg")]
    [InlineData("  Hei \n på\t deg ", "Hei på deg")]
    [InlineData("Hei&nbsp;p&aring; &amp; deg &lt;3", "Hei på & deg <3")]
    [InlineData("<b>Hei</b> <i>på</i> deg", "Hei på deg")]
    [InlineData("Hei<br>på<br/>deg", "Hei\npå\ndeg")]
    [InlineData("<p>Hei</p><p>deg</p>", "Hei\n\ndeg")]
    [InlineData("<h1>Brev</h1>\n<p>Du har\nfått brev.</p>", "Brev\n\nDu har fått brev.")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    [InlineData("<div><div>a</div></div><div>b</div>", "a\nb")]
    [InlineData("<ul><li>en</li><li>to <b>og</b> tre</li></ul>", "- en\n- to og tre")]
    [InlineData("<p>Før</p><ul><li>en</li></ul><p>etter</p>", "Før\n\n- en\n\netter")]
    [InlineData("<a href=\"https://altinn.no/\">Logg inn</a> nå", "Logg inn (https://altinn.no/) nå")]
    [InlineData("<a href=\"https://altinn.no\">altinn.no</a>", "altinn.no")]
    [InlineData("<a href=\"https://altinn.no\"><img alt=\"Altinn\"></a>", "Altinn (https://altinn.no)")]
    [InlineData("<a href=\"https://altinn.no\"></a>", "https://altinn.no")]
    [InlineData("<a href=\"#top\">Opp</a>", "Opp")]
    [InlineData("<a>Ingen</a>", "Ingen")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("<pre>a   <a href=\"https://altinn.no\"><br></a></pre>", "a\nhttps://altinn.no")]
    [InlineData("<html><head><title>T</title><style>p{}</style></head><body><script>x()</script>Hei<!-- nei --></body></html>", "Hei")]
    [InlineData("<p>Hei <b>uten slutt", "Hei uten slutt")]
    [InlineData("a < b", "a < b")]
    public void A_html_text_reads(string html, string text) => HtmlText.Of(html).ShouldBe(text);

    [Fact]
    public void Elements_may_be_nested_to_any_depth()
    {
        var deep = string.Concat(Enumerable.Repeat("<div><b>", 3_000));

        HtmlText.Of($"{deep}Hei").ShouldBe("Hei");
    }
}
