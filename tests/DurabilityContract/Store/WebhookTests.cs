using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class WebhookTests(ContractServers servers) : StoreTest(servers)
{
    private const string Owner = "ttd";
    private const string Address = "somebody@example.no";

    private readonly MovingClock _clock = new();

    private WebhookLeases Leases => new(Database, _clock);

    private FeedEvents Feed => new(Database);

    [Fact]
    public async Task Workers_that_look_at_once_share_what_there_is()
    {
        for (var i = 0; i < 20; i++)
            await Webhook();
        await Complete();

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Leases.Take(10, CancellationToken.None))));

        taken.SelectMany(t => t).Select(w => w.Id).ShouldBeUnique();
        (taken.Sum(t => t.Count) + (await Take()).Count).ShouldBe(20);
    }

    [Fact]
    public async Task A_webhook_at_the_end_of_its_feed_is_left_alone()
    {
        await Webhook();
        await Complete("skd");
        (await Take()).ShouldBeEmpty();

        await Complete();
        (await Take()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_webhook_is_taken_from_a_worker_that_has_died_and_from_no_other()
    {
        await Webhook();
        await Complete();
        var dead = (await Take()).ShouldHaveSingleItem();
        _clock.Now += TimeSpan.FromMinutes(1);
        (await Take()).ShouldBeEmpty();

        _clock.Now += TimeSpan.FromMinutes(2);
        var next = (await Take()).ShouldHaveSingleItem();

        (await Leases.Delivered(dead, 1, CancellationToken.None)).ShouldBeFalse();
        next.DeliveredTo.ShouldBe(0);
        (await Leases.Delivered(next, 1, CancellationToken.None)).ShouldBeTrue();
        (await Stored()).DeliveredTo.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_goes_on_sending_keeps_its_webhook()
    {
        await Webhook();
        await Complete();
        var webhook = (await Take()).ShouldHaveSingleItem();

        for (var i = 0; i < 5; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            (await Leases.Delivered(webhook, 0, CancellationToken.None)).ShouldBeTrue();
            (await Take()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_failure_is_remembered_until_something_is_taken()
    {
        await Webhook();
        await Complete();
        await Leases.Failed((await Take()).Single(), "It answered 500.", Now.AddMinutes(1), CancellationToken.None);
        (await Take()).ShouldBeEmpty();
        _clock.Now = Now.AddMinutes(1);
        var again = (await Take()).ShouldHaveSingleItem();
        (again.Failures, again.FailingSince).ShouldBe((1, Now));

        await Leases.Delivered(again, 1, CancellationToken.None);

        var stored = await Stored();
        (stored.Failures, stored.FailingSince, stored.LastFailure, stored.LastSuccessAt).ShouldBe((0, null, "It answered 500.", _clock.Now));
    }

    [Fact]
    public async Task A_webhook_without_a_next_attempt_is_disabled_and_keeps_its_place()
    {
        await Webhook();
        await Complete();
        await Leases.Failed((await Take()).Single(), "It answered 410.", next: null, CancellationToken.None);

        _clock.Now = Now.AddYears(1);
        (await Take()).ShouldBeEmpty();
        var stored = await Stored();
        (stored.State, stored.DeliveredTo).ShouldBe((WebhookState.Disabled, 0));
    }

    [Fact]
    public async Task Everybody_has_a_turn()
    {
        var ids = new[] { await Webhook(), await Webhook(), await Webhook() };
        await Complete();

        var turns = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            var webhook = (await Leases.Take(1, CancellationToken.None)).ShouldHaveSingleItem();
            turns.Add(webhook.Id);
            _clock.Now += TimeSpan.FromSeconds(1);
            await Leases.GiveBack(webhook, _clock.Now, CancellationToken.None);
        }

        turns.Take(3).ShouldBe(ids, ignoreOrder: true);
        turns.Skip(3).ShouldBe(turns.Take(3));
    }

    [Fact]
    public async Task An_event_counts_states_and_names_nobody()
    {
        await Complete(shipment: await ShipmentWith("Delivered", "Delivered", "Failed_Bounced"));

        var entry = (await Feed.After(Owner, 0, 10, CancellationToken.None)).ShouldHaveSingleItem();

        entry.Notifications.ShouldBe("""{"Email_Delivered": 2, "Email_Failed_Bounced": 1}""");
        entry.ToString().ShouldNotContain(Address);
        (entry.Status, entry.ShipmentType, entry.At).ShouldBe(("Order_Completed", "Notification", Now));
    }

    [Fact]
    public async Task A_time_is_a_place_in_the_feed()
    {
        (await Feed.Before(Owner, Now, CancellationToken.None)).ShouldBe(0);
        for (var hour = 0; hour < 5; hour++)
            await Complete(at: Now.AddHours(hour));
        await Complete("skd", at: Now.AddHours(2));

        var end = await Feed.End(Owner, CancellationToken.None);
        (await Since(Now.AddHours(2))).Count.ShouldBe(3);
        (await Since(Now.AddHours(2).AddTicks(10))).Count.ShouldBe(2);
        (await Since(Now.AddDays(-1))).Count.ShouldBe(5);
        (await Feed.Before(Owner, Now.AddDays(1), CancellationToken.None)).ShouldBe(end);
    }

    private async Task<IReadOnlyList<FeedEvent>> Since(DateTimeOffset time) =>
        await Feed.After(Owner, await Feed.Before(Owner, time, CancellationToken.None), 10, CancellationToken.None);

    private Task<IReadOnlyList<LeasedWebhook>> Take() => Leases.Take(100, CancellationToken.None);

    private async Task<Guid> Webhook()
    {
        await using var context = Context(Database);
        var id = NewId.NextGuid();
        context.Webhooks.Add(new Webhook
        {
            Id = id, Creator = Owner, Endpoint = "https://etaten.example/", BatchSize = 1, Secret = [1], State = WebhookState.Active, DeliveredTo = 0, CreatedAt = Now, NextAttemptAt = Now,
        });
        await context.SaveChangesAsync();
        return id;
    }

    private async Task<Webhook> Stored()
    {
        await using var context = Context(Database);
        return await context.Webhooks.AsNoTracking().SingleAsync();
    }

    private async Task Complete(string creator = Owner, Guid? shipment = null, DateTimeOffset? at = null) =>
        await Run(CompleteShipment.FeedEntry(shipment ?? await Shipment(creator: creator), "Order_Completed", at ?? Now));

    private async Task<Guid> ShipmentWith(params string[] states)
    {
        var shipment = await Shipment();
        foreach (var state in states)
        {
            var planned = new PlannedNotification(NewId.NextGuid(), Channel.Email, Address, RecipientName: null, Enum.Parse<NotificationState>(state), new OrderedRecipient());
            foreach (var statement in PlanNotifications.Insert(shipment, [planned], Now, _ => new HandOffTime(Now.AddHours(48), Now)))
                await Run(statement);
        }
        return shipment;
    }

    private sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = StoreTest.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
