using System.Net;
using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class UnknownResourcesTests : IDisposable
{
    private static readonly RecipientSettings Strict = new() { RefuseUnknownResources = true, LookupTimeout = TimeSpan.FromMinutes(1) };
    private readonly TitleCache cache = new(new FixedClock());

    public void Dispose() => cache.Dispose();

    [Theory]
    [InlineData(OrderBodies.Person, "Recipient.RecipientPerson.ResourceId")]
    [InlineData(OrderBodies.Organization, "Recipient.RecipientOrganization.ResourceId")]
    [InlineData(OrderBodies.ExternalIdentity, "Recipient.RecipientExternalIdentity.ResourceId")]
    public async Task An_order_about_nothing_is_refused_by_its_key(string body, string key) =>
        (await Find(body, StubHandler.Answers(HttpStatusCode.NotFound), Strict)).ShouldBe([key]);

    [Fact]
    public async Task A_reminder_about_nothing_is_refused_by_its_key()
    {
        var reminder = OrderBodies.Organization[(OrderBodies.Organization.IndexOf("\"recipient\":", StringComparison.Ordinal) + "\"recipient\":".Length)..^1];

        (await Find(OrderBodies.Email.With("reminders", $$"""[{"delayDays":1,"recipient":{{reminder}}}]"""), StubHandler.Answers(HttpStatusCode.NotFound), Strict))
            .ShouldBe(["Reminders[0].Recipient.RecipientOrganization.ResourceId"]);
    }

    [Fact]
    public async Task A_resource_that_is_known_is_asked_for_once()
    {
        var registry = Knows();
        (await Find(OrderBodies.Organization, registry, Strict)).ShouldBeEmpty();
        (await Find(OrderBodies.Organization, registry, Strict)).ShouldBeEmpty();

        registry.Seen.ShouldHaveSingleItem().Address.AbsolutePath.ShouldBe("/resource/app_ttd_app-name");
    }

    [Fact]
    public async Task Nobody_is_asked_unless_the_installation_wants_it()
    {
        var registry = Knows();
        (await Find(OrderBodies.Organization, registry, new RecipientSettings())).ShouldBeEmpty();

        registry.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_that_fails_is_no_refusal() =>
        await Should.ThrowAsync<NeighbourAwayException>(() => Find(OrderBodies.Organization, StubHandler.Answers(HttpStatusCode.InternalServerError), Strict));

    [Theory]
    [InlineData("nb", "Mat")]
    [InlineData("NN", "Maten")]
    [InlineData("en", "Mat")]
    [InlineData("se", "Mat")]
    [InlineData(null, "Mat")]
    public void A_title_is_in_the_readers_language_or_in_bokmal(string? language, string expected) =>
        new Resource(new Dictionary<string, string?>(StringComparer.Ordinal) { ["nb"] = "Mat", ["nn"] = "Maten", ["en"] = " " }).TitleIn(language).ShouldBe(expected);

    [Fact]
    public void A_title_in_any_language_is_better_than_none()
    {
        new Resource(new Dictionary<string, string?>(StringComparer.Ordinal) { ["en"] = "Food" }).TitleIn("nn").ShouldBe("Food");
        new Resource(Title: null).TitleIn("nb").ShouldBeNull();
    }

    private static StubHandler Knows() => StubHandler.Answers(
        HttpStatusCode.OK, """{"identifier":"app_ttd_app-name","title":{"nb":"Mat"}}""", response => response.Content!.Headers.ContentType = new("application/json"));

    private async Task<string[]> Find(string body, StubHandler registry, RecipientSettings settings)
    {
        var titles = new ResourceTitles(new ResourceRegistry(new HttpClient(registry) { BaseAddress = new Uri("http://registry/") }), cache);
        return [.. (await new UnknownResources(titles, settings).Find(OrderBodies.Read(body), CancellationToken.None)).Select(f => f.PropertyName)];
    }
}
