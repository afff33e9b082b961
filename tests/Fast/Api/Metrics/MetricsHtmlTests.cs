using Notifications.Api.Metrics;

namespace Notifications.Tests.Fast.Api.Metrics;

public sealed class MetricsHtmlTests
{
    [Fact]
    public void Names_are_text_and_no_markup()
    {
        var page = new MetricsHtml(2026, 2) { Creators = [new MonthlyMetrics { Creator = "<script>" }] }.ToString();

        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
        page.ShouldContain("""<option value="2" selected>February</option>""");
    }

    [Fact]
    public void A_month_without_anything_says_so() => new MetricsHtml(2026, 2) { Creators = [] }.ToString().ShouldContain("Nothing was ordered or sent in February 2026.");
}
