using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Monitoring;

[Collection(SharedSystemTests.Name)]
public sealed class MonitoringTests(SharedSystem system)
{
    private const string Number = "00001571345";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task A_shipment_is_found_by_whatever_names_it_and_shown_with_its_story_and_nobodys_address()
    {
        var email = $"bounced+{_owner.Creator}@simulator.test";
        await system.Sandbox.Person(Number, "Ada Nordmann", email, "+4796500077");
        var order = await _owner.Accept(Order.Person(Number, "EmailPreferred", "The secret text").With("sendersReference", $"case {_owner.Creator} <1>"));
        await _owner.UntilCompleted(order.ShipmentId);

        var page = await Page($"shipments/{order.ShipmentId}?lang=en");
        var message = page.QuerySelector(".messages th[scope=row]")!.TextContent;
        foreach (var name in new[] { $"{order.OrderId}", $"{order.ShipmentId}", message, $" case {_owner.Creator} <1>" })
            (await Page($"shipments?lang=en&q={Uri.EscapeDataString(name)}")).Title.ShouldBe(page.Title);

        var text = page.Body!.TextContent;
        foreach (var shown in new[] { "The first channel did not reach the recipient, so SMS was chosen instead", "SMS_Delivered", "Email_Failed_Bounced", "DELIVRD", "FallbackChosen", "b***@simulator.test", "+47***77", "case owner" })
            text.ShouldContain(shown);
        foreach (var secret in new[] { email, "+4796500077", Number, "Ada", "secret" })
            page.Source.Text.ShouldNotContain(secret);
        (await Page($"shipments/{order.ShipmentId}?lang=nb")).Body!.TextContent.ShouldContain("Den første kanalen nådde ikke fram");
    }

    [Fact]
    public async Task What_waits_is_counted_and_listed_from_the_one_that_has_waited_the_longest()
    {
        await SomethingElseIsSent();
        var before = Count(await Page("?lang=en"), "Scheduled");
        var reference = $"{_owner.Creator} waits";
        var orders = new List<AcceptedOrder>();
        for (var i = 0; i < 51; i++)
            orders.Add(await _owner.Accept(Order.Email($"{_owner.Creator}@example.no").With("sendersReference", reference).At(await system.Sandbox.Now() + TimeSpan.FromDays(300))));

        Count(await Page("?lang=en"), "Scheduled").ShouldBe(before + orders.Count);
        (await Ids($"shipments?q={reference}")).ShouldBe(orders.Select(o => o.ShipmentId).Reverse());
        (await Ids("shipments?state=Scheduled")).Where(id => orders.Any(o => o.ShipmentId == id)).ShouldBe(orders.Select(o => o.ShipmentId));
        (await Page($"shipments/{orders[0].ShipmentId}?lang=en")).QuerySelector("[aria-labelledby=next]")!.TextContent.ShouldContain("The shipment is sent.");
        await Task.WhenAll(orders.Select(o => _owner.Cancel(o.ShipmentId)));
    }

    [Fact]
    public async Task A_provider_that_is_not_called_is_seen_and_so_is_that_it_is_called_again()
    {
        await SomethingElseIsSent();
        await system.Sandbox.Fault("link", "401");
        AcceptedOrder order;
        try
        {
            order = await _owner.OrderSms("+4796500078");
            var pause = await Eventually.Until("The pause", async () => (await Page("?lang=en")).QuerySelector(".alarm tbody tr")?.TextContent ?? "", row => row.Contains("Misconfigured"));
            pause.ShouldContain("link");
        }
        finally
        {
            await system.Sandbox.Fault("link", "none");
        }

        await _owner.UntilCompleted(order.ShipmentId);
        await Eventually.Until("The end of the pause", async () => (await Page("?lang=en")).Body!.TextContent, text => text.Contains("All providers take messages."));
    }

    [Fact]
    public async Task A_neighbour_that_is_not_asked_is_seen_and_so_is_that_it_is_asked_again()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", $"{_owner.Creator}@example.no", "+4796500077");
        await system.Sandbox.Fault("profile", "500");
        try
        {
            var health = await Eventually.Until("The open breaker", async () =>
            {
                await _owner.Post(Order.Person(Number, "EmailPreferred", "Hello"));
                return await NotificationsDriver.HealthOf(system.Local.ApiUrl);
            }, h => h.Checks.Contains("Profile: it answered 500 since", StringComparison.Ordinal));
            (health.Code, health.Status).ShouldBe((HttpStatusCode.OK, "Degraded"));
            await Eventually.Until("The open breaker on the page", async () => (await Page("?lang=en")).QuerySelector("[data-name=Profile]")?.TextContent ?? "", row => row.Contains("it answered 500"));
        }
        finally
        {
            await system.Sandbox.Fault("profile", "none");
        }

        await Eventually.Until("An answer", () => _owner.Post(Order.Person(Number, "EmailPreferred", "Hello")), answer => answer.Status == HttpStatusCode.Created);
        await Eventually.Until("The closed breaker", () => Page("?lang=en"), page => page.QuerySelector("[data-name=Profile]") is null);
    }

    [Theory]
    [InlineData("shipments/00000000-0000-0000-0000-000000000001")]
    [InlineData("shipments?q=00000000-0000-0000-0000-000000000001")]
    [InlineData("shipments?q=nobody%27s%00+reference")]
    [InlineData("shipments?q=")]
    [InlineData("shipments?state=Completed")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        using var response = await Http.GetAsync(Address(path));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
    }

    /// <summary>What earlier tests have left on the way has gone on, and the way to the provider of e-mail is open.</summary>
    private async Task SomethingElseIsSent() => await _owner.UntilCompleted((await _owner.OrderEmail($"{_owner.Creator}.other@example.no")).ShipmentId);

    private static long Count(IHtmlDocument page, string state) =>
        long.Parse(page.QuerySelector($"[data-name={state}] td.number")!.TextContent.Replace("\u202f", ""), CultureInfo.InvariantCulture);

    /// <summary>Of the shipments on all pages of a list.</summary>
    private async Task<IReadOnlyList<Guid>> Ids(string path)
    {
        var ids = new List<Guid>();
        for (var next = path; next is not null;)
        {
            var page = await Page(next);
            ids.AddRange(page.QuerySelectorAll("tbody th a").Select(a => Guid.Parse(a.TextContent)));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href")?["/monitor/".Length..];
        }
        return ids;
    }

    private async Task<IHtmlDocument> Page(string path) => new HtmlParser().ParseDocument(await Http.GetStringAsync(Address(path)));

    private Uri Address(string path) => new(system.Local.ApiUrl, $"monitor/{path}".Replace("/?", "?"));
}
