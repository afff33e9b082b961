using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Notifications.Consumers.Apps;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Apps;

/// <summary>Subscribing as Altinn Events has it.</summary>
public sealed class AltinnEventsTests
{
    [Fact]
    public async Task A_subscription_is_to_everything_of_one_app_and_in_its_owners_name()
    {
        var altinn = StubHandler.Answers(HttpStatusCode.Created, """{"id":1619,"consumer":"/org/ttd","validated":false}""", r => r.Content.Headers.ContentType = new("application/json"));

        (await Subscribe(altinn)).ShouldBe(1619);

        var seen = altinn.Seen.ShouldHaveSingleItem();
        seen.Address.ShouldBe(new Uri("https://platform.example.no/events/api/v1/subscriptions"));
        seen.Headers.Authorization!.ToString().ShouldBe("Bearer the-owners-own");
        JsonNode.DeepEquals(
            JsonNode.Parse(Encoding.UTF8.GetString(seen.Body)),
            JsonNode.Parse("""{"endPoint":"https://notify.example.no/events?code=c","resourceFilter":"urn:altinn:resource:app_ttd_app-name"}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "\"Not authorized\"")]
    [InlineData(HttpStatusCode.OK, "garbage")]
    [InlineData(HttpStatusCode.OK, "null")]
    public async Task A_refusal_is_told_and_repeats_nothing_of_the_call(HttpStatusCode status, string body)
    {
        var refused = await Should.ThrowAsync<NeighbourAwayException>(() => Subscribe(StubHandler.Answers(status, body)));

        refused.Message.ShouldNotContain("code=");
        refused.Message.ShouldNotContain("the-owners-own");
    }

    private static async Task<long> Subscribe(StubHandler handler)
    {
        using var http = new HttpClient(handler) { BaseAddress = new Uri("https://platform.example.no/events/api/v1/") };
        return await new AltinnEvents(http).Subscribe("https://notify.example.no/events?code=c", "urn:altinn:resource:app_ttd_app-name", "the-owners-own", CancellationToken.None);
    }
}
