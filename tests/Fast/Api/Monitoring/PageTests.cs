using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Notifications.Api.History;
using Notifications.Api.Monitoring;
using Notifications.Hosting.Settings;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Monitoring;

public sealed class PageTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 7, 15, 0, TimeSpan.Zero);
    private static readonly View Norwegian = new(Tongue.Norwegian, Now);
    private static readonly View English = new(Tongue.English, Now);
    private static readonly ShipmentLine Line = new(
        Guid.NewGuid(), Guid.NewGuid(), "ttd", ShipmentType.Notification, nameof(OrderStateMachine.Sending), Now.AddMinutes(-3), "<b>case & 1</b>", Now.AddHours(-1), Now);

    [Fact]
    public void What_is_filled_in_is_text_and_never_markup()
    {
        var page = ShipmentsPage.OfSearch(English, "\"><script>alert(1)</script>", [Line], mayGoOn: true).ToString();

        page.ShouldNotContain("<script>");
        page.ShouldNotContain("<b>");
        var document = Parsed(page);
        document.QuerySelector("td.text")!.TextContent.ShouldBe("<b>case & 1</b>");
        document.QuerySelector("#q")!.GetAttribute("value").ShouldBe("\"><script>alert(1)</script>");
    }

    [Fact]
    public void Every_page_asks_no_other_host_and_can_be_read_without_eyes()
    {
        foreach (var view in new[] { Norwegian, English })
        {
            foreach (var page in Pages(view))
            {
                var document = Parsed(page.ToString());
                document.DocumentElement.GetAttribute("lang").ShouldBe(view.Tongue.Code);
                document.QuerySelectorAll("main, header, footer, nav, h1, form[role=search]").Length.ShouldBe(6);
                document.QuerySelector(".skip")!.GetAttribute("href").ShouldBe("#content");
                document.QuerySelectorAll("input:not([type=hidden])").ShouldAllBe(input => document.QuerySelector($"label[for={input.Id}]") != null);
                document.QuerySelectorAll("table").ShouldAllBe(table => table.ParentElement!.GetAttribute("aria-label") != "");
                document.QuerySelectorAll("thead th").ShouldAllBe(header => header.GetAttribute("scope") == "col");
                document.QuerySelectorAll("[href], [src], [action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action"))
                    .ShouldAllBe(address => address!.StartsWith("/monitor") || address.StartsWith('#') || address.StartsWith("data:"));
                document.Scripts.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Both_languages_say_everything()
    {
        Words.Norwegian.Names.Keys.ShouldBe(Words.English.Names.Keys, ignoreOrder: true);
        var states = WorkflowStates().ToArray();
        states.ShouldAllBe(state => Words.English.Names.ContainsKey(state));
        OverviewPage.States.ShouldBe(states.Where(s => s is not ("Completed" or "ConditionNotMet" or "Cancelled")), ignoreOrder: true);
    }

    [Fact]
    public void More_than_is_counted_is_said_so()
    {
        var overview = Overview with { Shipments = [new("Scheduled", ReadOverview.MostShipments, ReadOverview.MostShipments, Now.AddDays(-3).AddHours(-4))], AboutOpen = 1_000_000 };

        var row = Parsed(OverviewPage.Render(English, overview, [], [], []).ToString()).QuerySelector("[data-name=Scheduled]")!;

        row.QuerySelector("td.number")!.TextContent.ShouldBe("at least 100\u202f000");
        row.QuerySelectorAll("td")[^1].TextContent.ShouldBe("3 d 4 h");
        Parsed(OverviewPage.Render(English, overview, [], [], []).ToString()).Body!.TextContent.ShouldContain("1\u202f000\u202f000");
    }

    [Fact]
    public void A_pause_is_open_until_its_time_and_half_open_from_then_on()
    {
        var pause = new ProviderPause
        {
            Provider = "acs", Sender = "kari.nordmann@etat.no", Cause = PauseCause.Throttled, Answer = "429", Since = Now.AddMinutes(-1), Until = Now.AddSeconds(5), Tries = 2,
        };

        Gate(pause, Now).ShouldStartWith("Open: no calls until 2026-07-01 09:15:05");
        Gate(pause, Now.AddSeconds(6)).ShouldStartWith("Half-open");
        OverviewPage.Render(English, Overview, [pause], [], []).ToString().ShouldNotContain("kari.nordmann");
        OverviewPage.Render(English, Overview, [], [], []).ToString().ShouldContain("All providers take messages.");

        static string Gate(ProviderPause pause, DateTimeOffset now) =>
            Parsed(OverviewPage.Render(new View(Tongue.English, now), Overview, [pause], [], []).ToString()).QuerySelectorAll(".alarm tbody td")[1].TextContent;
    }

    [Fact]
    public void A_neighbour_is_not_asked_until_its_time_and_the_next_question_decides_from_then_on()
    {
        var open = new NeighbourBreak { Neighbour = "Register", Host = "worker-1:7", Answer = "it answered 503", Since = Now.AddMinutes(-1), Until = Now.AddSeconds(2) };

        Row(open, Now).ShouldBe(["worker-1:7", "Open: no calls until 2026-07-01 09:15:02", "it answered 503", "2026-07-01 09:14:00"]);
        Row(open, Now.AddSeconds(3))[1].ShouldBe("Half-open: the next question decides");
        OverviewPage.Render(English, Overview, [], [], []).ToString().ShouldContain("No breaker to a system that we ask is open.");

        static string[] Row(NeighbourBreak open, DateTimeOffset now) => [.. Parsed(OverviewPage.Render(new View(Tongue.English, now), Overview, [], [open], []).ToString())
            .QuerySelectorAll("[data-name=Register] td").Select(td => td.TextContent)];
    }

    [Fact]
    public void Duplicates_that_were_prevented_are_counted_for_today_and_for_the_week()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        PreventedDuplicates[] prevented = [new() { Kind = DuplicateKind.CallRepeated, Day = today, Count = 2 }, new() { Kind = DuplicateKind.CallRepeated, Day = today.AddDays(-3), Count = 1500 }];

        Parsed(OverviewPage.Render(English, Overview, [], [], prevented).ToString()).QuerySelectorAll("[data-name=CallRepeated] td").Select(td => td.TextContent).ShouldBe(["2", "1\u202f502"]);
    }

    [Theory]
    [InlineData(1, 200, null)]
    [InlineData(1, 201, "200")]
    [InlineData(10_001, 10_000, "10200")]
    public void A_long_history_goes_on_from_where_it_was_looked_at(int from, int lines, string? next)
    {
        var summary = new ShipmentSummary(Line, OrderKind.Notification, ChannelSchema.EmailPreferred, Recipients: 2, ResolveTries: 0, ConditionTries: 0, []);
        var page = Parsed(ShipmentPage.Render(English, new(summary, [Line], History(1), Awaited: null, [], History(lines, from))).ToString());

        page.QuerySelectorAll("[aria-labelledby=history] tbody tr").Length.ShouldBe(Math.Min(lines, 200));
        var further = page.QuerySelector("[aria-labelledby=history] a[rel=next]")?.GetAttribute("href");
        (further is null ? null : QueryHelpers.ParseQuery(further[further.IndexOf('?', StringComparison.Ordinal)..])["linesAfter"].ToString()).ShouldBe(next);
    }

    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(3 * 3600 + 120, "3 h 2 min")]
    [InlineData(40 * 86400 + 7200, "40 d 2 h")]
    public void Ages_are_told_in_two_units(int seconds, string expected) => English.Age(Now.AddSeconds(-seconds)).ShouldBe(expected);

    private static IEnumerable<string> WorkflowStates() => new OrderStateMachine(TimeProvider.System).States.Select(s => s.Name).Where(name => name is not ("Initial" or "Final"));

    [Theory]
    [InlineData("http://localhost:5095", null, true)]
    [InlineData("http://localhost:5095", "", true)]
    [InlineData("http://localhost:5095", "key", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "key", false)]
    public void Only_a_sandbox_without_a_key_shows_the_pages_to_everybody(string? sandbox, string? key, bool expected) =>
        MonitoringRoutes.IsOpen(new NotificationsSettings { Database = "", Sandbox = sandbox is null ? null : new Uri(sandbox) }, key).ShouldBe(expected);

    private static Overview Overview => new(
        [new("Scheduled", 2, ReadOverview.MostShipments, Now.AddHours(-1))], [new(ReadOverview.DueEmail, 0, ReadOverview.MostMessages, null)], [], [], AboutOpen: null);

    private static IEnumerable<Html> Pages(View view)
    {
        var summary = new ShipmentSummary(Line, OrderKind.Notification, ChannelSchema.EmailPreferred, Recipients: 2, ResolveTries: 1, ConditionTries: 0, [new(Channel.Email, NotificationState.Delivered, 2)]);
        var message = new NotificationEvidence(Guid.NewGuid(), Channel.Email, "kari@example.no", NotificationState.Delivered, [], []);
        yield return OverviewPage.Render(view, Overview, [], [], []);
        yield return ShipmentsPage.OfState(view, "Sending", [Line]);
        yield return ShipmentsPage.OfSearch(view, "nothing", [], mayGoOn: true);
        yield return ShipmentPage.Render(view, new(summary, [Line, Line], History(1), Awaited: null, [message], History(1)));
    }

    private static HistoryLine[] History(int lines, int from = 1) => [.. Enumerable.Range(from, lines).Select(i => new HistoryLine(i, Now, HistoryKind.Rescheduled, null, null, null, null, null, null))];

    private static IHtmlDocument Parsed(string page) => new HtmlParser().ParseDocument(page);
}
