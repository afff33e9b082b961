using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class CancelTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string To => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Location_of_an_order_leads_to_it()
    {
        var posted = await _owner.Post(Order.Email(To).RemindedAfterDays(7, Order.EmailRecipient(To)).With("sendersReference", "ref-1"));
        var order = posted.Accepted();

        posted.Location!.AbsolutePath.ShouldEndWith($"/orders/chain/{order.OrderId}");
        var chain = (await _owner.GetChain(order.OrderId)).Body;
        chain.GetProperty("sendersReference").GetString().ShouldBe("ref-1");
        chain.GetProperty("created").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        Shipments(chain).Select(s => s.GetProperty("shipmentId").GetGuid()).ShouldBe([order.ShipmentId, .. order.Reminders]);
        (Shipments(chain)[1].GetProperty("requestedSendTime").GetDateTime() - Shipments(chain)[0].GetProperty("requestedSendTime").GetDateTime()).ShouldBe(TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Cancelled_order_is_never_sent_and_is_in_the_feed()
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(2));
        await SomethingElseIsSent();
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Cancelled);
        (await system.Sandbox.Inbox(To)).ShouldBeEmpty();
        (await _owner.WholeFeed()).Where(e => e.ShipmentId == order.ShipmentId).ShouldHaveSingleItem().Status.ShouldBe(Shipment.Cancelled);
    }

    [Fact]
    public async Task Chain_is_cancelled_as_far_as_it_is_not_too_late()
    {
        var order = await _owner.Accept(Order.Email(To).RemindedAfterDays(7, Order.EmailRecipient(To)));
        await _owner.UntilCompleted(order.ShipmentId);

        var cancelled = await _owner.CancelChain(order.OrderId);

        cancelled.Status.ShouldBe(HttpStatusCode.OK);
        var (main, reminder) = (Shipments(cancelled.Body)[0], Shipments(cancelled.Body)[1]);
        main.GetProperty("tooLate").GetString().ShouldNotBeNullOrEmpty();
        reminder.GetProperty("status").GetString().ShouldBe(Shipment.Cancelled);
        reminder.TryGetProperty("tooLate", out _).ShouldBeFalse();
        cancelled.Body.GetProperty("status").GetString().ShouldBe(Shipment.Completed);
    }

    [Fact]
    public async Task What_is_completed_cannot_be_cancelled()
    {
        var order = await _owner.OrderEmail(To);
        await _owner.UntilCompleted(order.ShipmentId);

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _owner.CancelChain(order.OrderId)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _owner.Reschedule(order.ShipmentId, await system.Sandbox.Now() + TimeSpan.FromDays(1))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Completed);
    }

    [Theory]
    [InlineData(null, Shipment.Cancelled)]
    [InlineData("FollowMain", Shipment.Cancelled)]
    [InlineData("Independent", Shipment.Registered)]
    public async Task Reminders_follow_their_cancelled_main_shipment_unless_they_are_independent(string? policy, string expected)
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1))
            .RemindedAfterDays(7, Order.EmailRecipient(To)).With("reminderPolicy", policy));

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        (await _owner.Shipment(order.Reminders[0])).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Cancelled_reminder_leaves_its_main_shipment_alone()
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)).RemindedAfterDays(7, Order.EmailRecipient(To)));

        (await _owner.Cancel(order.Reminders[0])).Status.ShouldBe(HttpStatusCode.OK);

        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Registered);
        (await _owner.Shipment(order.Reminders[0])).Status.ShouldBe(Shipment.Cancelled);
    }

    [Fact]
    public async Task Orders_of_others_are_not_there()
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));
        var other = system.NewOwner();

        Answer[] answers =
        [
            await other.GetChain(order.OrderId), await other.CancelChain(order.OrderId), await other.Cancel(order.ShipmentId),
            await other.Reschedule(order.ShipmentId, await system.Sandbox.Now()), await _owner.Cancel(Guid.NewGuid()), await _owner.CancelChain(order.ShipmentId),
        ];

        answers.Select(a => a.Status).ShouldAllBe(status => status == HttpStatusCode.NotFound);
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Registered);
    }

    [Fact]
    public async Task Rescheduled_order_leaves_at_its_new_time_and_its_reminder_keeps_the_distance()
    {
        var now = await system.Sandbox.Now();
        var order = await _owner.Accept(Order.Email(To).At(now + TimeSpan.FromHours(1)).RemindedAfterDays(1, Order.EmailRecipient($"reminder.{To}")));

        var moved = await _owner.Reschedule(order.ShipmentId, now + TimeSpan.FromHours(5));

        moved.Status.ShouldBe(HttpStatusCode.OK);
        Shipments(moved.Body).Select(s => Math.Round((s.GetProperty("requestedSendTime").GetDateTimeOffset() - now).TotalHours, 3)).ShouldBe([5, 29]);
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(2));
        await SomethingElseIsSent();
        (await system.Sandbox.Inbox(To)).ShouldBeEmpty();

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(3));
        await _owner.UntilCompleted(order.ShipmentId);
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Order_that_is_rescheduled_to_now_leaves_at_once()
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromDays(30)));

        await _owner.Reschedule(order.ShipmentId, await system.Sandbox.Now());

        await _owner.UntilCompleted(order.ShipmentId);
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("""{"requestedSendTime":"2026-01-01T00:00:00"}""", "RequestedSendTime")]
    [InlineData("""{"requestedSendTime":"2020-01-01T00:00:00Z"}""", "RequestedSendTime")]
    public async Task Send_time_that_makes_no_sense_is_refused(string body, string key)
    {
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));

        var answer = await _owner.Ask(HttpMethod.Put, $"orders/{order.ShipmentId}/reschedule", JsonNode.Parse(body));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldContain(key);
    }

    /// <summary>The timers of many orders fire while their owner cancels them: each is either cancelled and silent, or sent once and too late to cancel.</summary>
    [Fact]
    public async Task Cancellation_and_the_timer_of_the_same_instant_never_both_win()
    {
        var time = await system.Sandbox.Now() + TimeSpan.FromMinutes(30);
        var orders = await Task.WhenAll(Enumerable.Range(0, 60).Select(async n => (To: $"{_owner.Creator}.{n}@example.no", Order: await _owner.Accept(Order.Email($"{_owner.Creator}.{n}@example.no").At(time)))));

        var advancing = system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(30));
        var answers = new List<(string To, Guid Id, HttpStatusCode Status)>();
        foreach (var batch in orders.Chunk(6))
            answers.AddRange(await Task.WhenAll(batch.Select(async o => (o.To, o.Order.ShipmentId, (await _owner.Cancel(o.Order.ShipmentId)).Status))));
        await advancing;

        await Eventually.Until("The feed with all of them", () => _owner.WholeFeed(), feed => feed.Count == orders.Length);
        var sent = (await system.Sandbox.InboxSince(time - TimeSpan.FromMinutes(1))).Select(m => m.To).ToLookup(to => to, StringComparer.Ordinal);
        foreach (var (to, id, status) in answers)
        {
            status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
            var cancelled = status == HttpStatusCode.OK;
            (await _owner.Shipment(id)).Status.ShouldBe(cancelled ? Shipment.Cancelled : Shipment.Completed);
            sent[to].Count().ShouldBe(cancelled ? 0 : 1);
        }
    }

    private static JsonElement[] Shipments(JsonElement chain) => [.. chain.GetProperty("shipments").EnumerateArray()];

    private async Task SomethingElseIsSent()
    {
        var other = await _owner.OrderEmail($"{_owner.Creator}.other@example.no");
        await _owner.UntilCompleted(other.ShipmentId);
    }
}
