using MassTransit;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class SendingWindowTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly DateTimeOffset Morning = Now;
    private static readonly DateTimeOffset Evening = Now.AddHours(8);

    [Fact]
    public async Task What_may_not_leave_now_is_not_claimed_and_waits_for_the_next_opening()
    {
        var id = await Planned(Morning);

        (await Claim(Evening, id)).ShouldBeEmpty();

        var stored = await Stored(id);
        (stored.State, stored.Attempts, stored.NextAttemptAt, stored.HandOffFrom).ShouldBe((NotificationState.New, 0, Morning.AddDays(1), Morning.AddDays(1)));
        (await Due(Morning.AddDays(1).AddSeconds(-1))).ShouldBeEmpty();
        (await Due(Morning.AddDays(1))).ShouldBe([id]);
        (await Claim(Morning.AddDays(1), id)).ShouldBe([id]);
    }

    [Fact]
    public async Task A_command_that_comes_before_the_opening_changes_nothing()
    {
        var id = await Planned(Evening);

        (await Claim(Evening.AddHours(1), id)).ShouldBeEmpty();

        (await Stored(id)).NextAttemptAt.ShouldBe(Morning.AddDays(1));
    }

    [Fact]
    public async Task A_retry_after_the_end_of_the_opening_waits_too()
    {
        var id = await Planned(Morning);
        await Claim(Evening.AddSeconds(-1), id);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New, NextAttemptAt: Evening.AddSeconds(1)));

        (await Due(Evening.AddSeconds(1))).ShouldBe([id]);
        (await Claim(Evening.AddSeconds(1), id)).ShouldBeEmpty();

        (await Stored(id)).NextAttemptAt.ShouldBe(Morning.AddDays(1));
    }

    [Fact]
    public async Task A_lost_command_after_a_long_wait_is_driven_again_soon()
    {
        var id = await Planned(Evening);

        await Due(Morning.AddDays(1));

        (await Stored(id)).NextAttemptAt.ShouldBe(Morning.AddDays(1).AddSeconds(30));
    }

    [Fact]
    public async Task What_has_no_window_leaves_at_any_time()
    {
        var id = (await Notifications(Channel.Sms, 1))[0];

        (await Claim(Evening, id)).ShouldBe([id]);
    }

    private async Task<Guid> Planned(DateTimeOffset now)
    {
        var (shipment, id) = (await Shipment("""[{"mobile":"+4799999999"}]""", "Sending"), NewId.NextGuid());
        await Run(new Statement("UPDATE order_state SET sending_window = 'Daytime' WHERE correlation_id = $1", shipment));
        var opening = SendingWindow.Daytime.At(now);
        await Run(PlanNotifications.ToOrderedAddress(shipment, id, Channel.Sms, now, new HandOffTime(now.AddDays(3), opening.From > now ? opening.From : now.AddSeconds(30), opening)));
        return id;
    }

    /// <summary>As the worker does.</summary>
    private async Task<Guid[]> Claim(DateTimeOffset now, Guid id)
    {
        var clock = new ClockAt(now);
        var claimed = await new ClaimNotifications(Database, clock).Claim(Channel.Sms, "link", [id], CancellationToken.None);
        if (claimed.Count == 0)
            await new PutOffHandOffs(Database, clock).PutOff([id], CancellationToken.None);
        return [.. claimed.Select(c => c.Id)];
    }

    private async Task<Guid[]> Due(DateTimeOffset now) =>
        [.. (await Committed(transaction => Reconcile.DueForHandOff(transaction, Channel.Sms, [Providers.Link], Reconcile.BatchSize, now, CancellationToken.None))).Select(n => n.Id)];

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
