using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class AccessTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Another_creators_shipment_is_not_there()
    {
        var order = await _owner.OrderEmail($"{_owner.Creator}@example.no");
        await _owner.UntilCompleted(order.ShipmentId);

        var answer = await system.NewOwner().Get($"shipment/{order.ShipmentId}");
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Body.GetProperty("code").GetString().ShouldBe("NOT-00003");
        (await system.NewOwner().WholeFeed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Caller_without_token_is_not_let_in()
    {
        (await _owner.PostText("{}", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get($"shipment/{Guid.NewGuid()}", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get("shipment/feed", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_that_somebody_changed_is_not_let_in()
    {
        var parts = (await system.Sandbox.NewToken("org=ttd")).Split('.');
        var other = (await system.Sandbox.NewToken("org=skd")).Split('.');

        (await _owner.Get("shipment/feed", token: $"{parts[0]}.{other[1]}.{parts[2]}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get("shipment/feed", token: string.Join('.', parts))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Token_that_has_expired_is_not_let_in()
    {
        var token = await system.Sandbox.NewToken("org=ttd&expiresIn=60");
        (await _owner.Get("shipment/feed", token)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(61));
        (await _owner.Get("shipment/feed", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_without_the_scope_is_forbidden()
    {
        var token = await system.Sandbox.NewToken("org=ttd&scope=altinn:serviceowner/instances.read");

        (await _owner.PostText(Order.Email("ada@example.no").ToJsonString(), token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _owner.Get("shipment/feed", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task App_orders_with_its_platform_token_for_its_owner()
    {
        var order = Order.Email($"{_owner.Creator}@example.no").ToJsonString();
        var answer = await _owner.PostText(order, token: "", await system.Sandbox.NewPlatformToken(_owner.Creator));

        answer.Status.ShouldBe(HttpStatusCode.Created);
        await _owner.UntilCompleted(answer.Accepted().ShipmentId);
    }

    [Fact]
    public async Task Second_credential_never_changes_whose_order_it_is()
    {
        var other = system.NewOwner();
        var order = Order.Email($"{_owner.Creator}@example.no").ToJsonString();
        var parts = (await system.Sandbox.NewPlatformToken(other.Creator)).Split('.');

        (await _owner.PostText(order, platformToken: string.Join('.', parts))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var answer = await _owner.PostText(order, platformToken: $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");
        answer.Status.ShouldBe(HttpStatusCode.Created);
        await _owner.Shipment(answer.Accepted().ShipmentId);
        (await other.Get($"shipment/{answer.Accepted().ShipmentId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
