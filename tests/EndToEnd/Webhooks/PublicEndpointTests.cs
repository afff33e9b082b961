using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Webhooks;

[Collection(GuardedSystemTests.Name)]
public sealed class PublicEndpointTests(GuardedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Nothing_is_asked_without_https_or_inside_our_own_network()
    {
        var receiver = system.Sandbox.Receiver(_owner.Creator);
        (await Post(receiver.Address)).Errors().ShouldBe(["Endpoint"]);

        var inside = await Post(new UriBuilder(receiver.Address) { Scheme = "https" }.Uri);
        inside.Status.ShouldBe(HttpStatusCode.Created);

        var refused = await Eventually.Until("The refusal", async () => (await _owner.Ask(HttpMethod.Get, $"webhooks/{inside.Body.GetProperty("id").GetGuid()}")).Body, w => w.GetProperty("failures").GetInt32() > 0);
        refused.GetProperty("state").GetString().ShouldBe("Pending");
        refused.GetProperty("lastFailure").GetProperty("reason").GetString().ShouldBe("Its host has no public address.");
        (await receiver.Received()).ShouldBeEmpty();
    }

    private Task<Answer> Post(Uri endpoint) => _owner.Ask(HttpMethod.Post, "webhooks", new JsonObject { ["endpoint"] = endpoint.AbsoluteUri });
}
