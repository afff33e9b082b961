using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Durability;
using Notifications.Store;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class CancelTests(ContractServers servers) : StoreTest(servers)
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("Scheduled", "Cancelled")]
    [InlineData("ResolvingRecipients", "Cancelled")]
    [InlineData("Completed", "Completed")]
    public async Task A_shipment_is_cancelled_until_its_end(string state, string expected)
    {
        var id = await Standing(state);

        await Cancel(CancelScope.Shipment(id));

        (await State(id)).CurrentState.ShouldBe(expected);
    }

    [Fact]
    public async Task A_message_that_only_waits_goes_with_its_shipment()
    {
        var id = await Standing("Sending");
        var notification = (await Notifications(Channel.Sms, 1, id))[0];

        await Cancel(CancelScope.Shipment(id));

        (await State(id)).CurrentState.ShouldBe("Cancelled");
        (await Claim(Channel.Sms, notification)).ShouldBeEmpty();
        (await Feed(id)).ShouldBe(["Order_Cancelled"]);
    }

    [Theory]
    [InlineData(AttemptOutcome.Deferred, NotificationState.New, "Cancelled")]
    [InlineData(AttemptOutcome.Unknown, NotificationState.New, "Sending")]
    [InlineData(AttemptOutcome.Accepted, NotificationState.Accepted, "Sending")]
    public async Task It_is_too_late_when_a_provider_may_have_taken_a_message(AttemptOutcome outcome, NotificationState state, string expected)
    {
        var id = await Standing("Sending");
        var notifications = await Notifications(Channel.Sms, 2, id);
        await Claim(Channel.Sms, notifications[0]);
        await Settle(new SettledAttempt(notifications[0], 1, outcome, state, NextAttemptAt: Now));

        await Cancel(CancelScope.Shipment(id));

        (await State(id)).CurrentState.ShouldBe(expected);
        (await Claim(Channel.Sms, notifications[1])).Count.ShouldBe(expected == "Cancelled" ? 0 : 1);
    }

    [Fact]
    public async Task Cancelling_again_changes_nothing()
    {
        var id = await Standing("Scheduled");

        await Cancel(CancelScope.Shipment(id));
        var cancelled = await State(id);
        await Cancel(CancelScope.Shipment(id));

        (await State(id)).Version.ShouldBe(cancelled.Version);
        (await Feed(id)).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("FollowMain", "Cancelled", "Cancelled")]
    [InlineData("FollowMain", "ConditionNotMet", "Cancelled")]
    [InlineData("FollowMain", "Completed", "Scheduled")]
    [InlineData("Independent", "Cancelled", "Scheduled")]
    public async Task Waiting_reminders_follow_a_main_shipment_that_was_stopped(string policy, string main, string expected)
    {
        var order = await Order(policy);
        var mainId = await Standing(main, order);
        var reminder = await Standing("Scheduled", order, ordinal: 1);

        await Cancel(CancelScope.RemindersOfStopped(mainId));

        (await State(reminder)).CurrentState.ShouldBe(expected);
        (await State(mainId)).CurrentState.ShouldBe(main);
    }

    [Fact]
    public async Task The_timer_of_what_is_cancelled_is_gone()
    {
        var (id, other) = (await Standing("Scheduled"), await Standing("Scheduled"));

        await Cancel(CancelScope.Shipment(id));

        (await Timers(id), await Timers(other)).ShouldBe((0L, 1L));
    }

    [Fact]
    public async Task A_hand_off_and_a_cancellation_at_the_same_moment_never_both_happen()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await Standing("Sending");
            var notification = (await Notifications(Channel.Email, 1, id))[0];

            // Each of them is first half of the time, as far as anybody can say.
            var claim = () => Task.Run(() => Claim(Channel.Email, notification));
            var cancel = () => Task.Run(() => Cancel(CancelScope.Shipment(id)));
            var (claiming, cancelling) = round % 2 == 0 ? (claim(), cancel()) : Swapped(cancel(), claim());
            await Task.WhenAll(claiming, cancelling);

            var isClaimed = (await claiming).Count == 1;
            // The claim that found the row locked comes back later, and finds what was decided.
            isClaimed |= (await Claim(Channel.Email, notification)).Count == 1;
            ((await State(id)).CurrentState == "Cancelled").ShouldBe(!isClaimed);
        }
    }

    [Fact]
    public async Task A_step_of_the_saga_that_loaded_its_row_before_the_cancellation_does_not_commit()
    {
        var id = await Standing("Scheduled");
        var loaded = await State(id);

        await Cancel(CancelScope.Shipment(id));

        (await State(id)).Version.ShouldBeGreaterThan(loaded.Version);
    }

    [Fact]
    public async Task A_send_time_moves_with_the_reminders_that_count_from_it()
    {
        var order = await Order("FollowMain");
        var main = await Standing("Scheduled", order);
        var counted = await Standing("Scheduled", order, ordinal: 1, delayDays: 7);
        var dated = await Standing("Scheduled", order, ordinal: 2);

        var moved = await Move(main, Now.AddDays(3));

        moved.Select(m => (m.Id, m.SendTime)).ShouldBe([(main, Now.AddDays(3)), (counted, Now.AddDays(10))]);
        (await State(counted)).SendTime.ShouldBe(Now.AddDays(10));
        (await State(dated)).SendTime.ShouldBe(Now);
    }

    [Theory]
    [InlineData("Sending")]
    [InlineData("Cancelled")]
    public async Task What_waits_no_longer_is_not_moved(string state)
    {
        var order = await Order("FollowMain");
        var main = await Standing(state, order);
        await Standing("Scheduled", order, ordinal: 1, delayDays: 7);

        (await Move(main, Now.AddDays(3))).ShouldBeEmpty();
    }

    private static (Task<IReadOnlyList<ClaimedNotification>> Claiming, Task Cancelling) Swapped(Task cancelling, Task<IReadOnlyList<ClaimedNotification>> claiming) =>
        (claiming, cancelling);

    private Task<IReadOnlyList<MovedShipment>> Move(Guid id, DateTimeOffset sendTime) =>
        Committed(transaction => MoveSendTime.Move(transaction, id, sendTime, NewId.NextGuid, TimeSpan.FromSeconds(30), Now, CancellationToken.None));

    private Task<bool> Cancel(CancelScope scope) => Committed(async transaction =>
    {
        foreach (var statement in CancelShipments.Statements(scope, "Order_Cancelled", Now))
            await Run(statement, transaction.Connection!);
        return true;
    });

    private async Task<Guid> Order(string reminderPolicy)
    {
        var id = NewId.NextGuid();
        await Run(new Statement(
            "INSERT INTO orders (id, creator, kind, idempotency_id, fingerprint, created_at, reminder_policy) VALUES ($1, 'ttd', 'Notification', $2, '{}', $3, $4)",
            id, id.ToString(), Now, reminderPolicy));
        return id;
    }

    private async Task<Guid> Standing(string state, Guid? order = null, int ordinal = 0, int? delayDays = null)
    {
        var (id, timer) = (await Shipment(), NewId.NextGuid());
        await Run(new Statement("UPDATE shipments SET order_id = $2, ordinal = $3, delay_days = $4::integer WHERE id = $1", id, order ?? id, ordinal, delayDays));
        await Run(new Statement(
            """
            INSERT INTO order_state (correlation_id, version, current_state, state_since, stands_until, send_time, send_time_token_id, resolve_tries)
            VALUES ($1, 1, $2, $3, $3, $3, $4, 0)
            """, id, state, Now, timer));
        await Run(new Statement("INSERT INTO scheduled_message (id, token_id, due_at, body, metadata) VALUES ($1, $2, $3, '', '{}')", NewId.NextGuid(), timer, Now));
        return id;
    }

    private async Task<OrderState> State(Guid id)
    {
        await using var context = Context(Database);
        return await context.OrderStates.AsNoTracking().SingleAsync(s => s.CorrelationId == id);
    }

    private async Task<string[]> Feed(Guid id)
    {
        await using var command = Database.CreateCommand("SELECT array_agg(entry ->> 'status') FROM status_feed WHERE shipment_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> Timers(Guid id)
    {
        await using var command = Database.CreateCommand(
            "SELECT count(*) FROM scheduled_message t JOIN order_state o ON o.send_time_token_id = t.token_id WHERE o.correlation_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
