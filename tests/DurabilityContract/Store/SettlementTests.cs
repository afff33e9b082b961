using FsCheck;
using FsCheck.Fluent;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class SettlementTests(ContractServers servers) : StoreTest(servers)
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Of_two_transactions_that_end_the_last_two_notifications_one_reports_the_shipment(int first, int second)
    {
        var shipment = await Shipment();
        var ids = await Notifications(Channel.Email, 2, shipment);
        await Claim(Channel.Email, ids);

        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var early = await ApplyReports.Apply(transaction, [Delivered(ids[first])], Now, CancellationToken.None);
        var late = Apply(Delivered(ids[second]));
        await transaction.CommitAsync();

        Ended(early).Concat(await late).ShouldBe([shipment]);
    }

    [Fact]
    public async Task Many_transactions_that_each_end_one_notification_report_the_shipment_once()
    {
        var shipment = await Shipment();
        var ids = await Notifications(Channel.Email, 16, shipment);
        await Claim(Channel.Email, ids);

        var settled = await Task.WhenAll(ids.Select((id, i) => i % 2 == 0
            ? Apply(Delivered(id))
            : Settle(new SettledAttempt(id, 1, AttemptOutcome.Refused, NotificationState.Failed, Answer: "400"))));

        settled.SelectMany(s => s).ShouldBe([shipment]);
    }

    [Fact]
    public async Task A_report_that_outran_its_settlement_is_parked_and_applied_with_it()
    {
        var shipment = await Shipment();
        var id = (await Notifications(Channel.Sms, 1, shipment))[0];
        await Claim(Channel.Sms, id);

        (await Apply(Sms("ref", NotificationState.Delivered))).ShouldBeEmpty();
        (await Stored(id)).State.ShouldBe(NotificationState.Sending);
        (await Settle(Accepted(id))).ShouldBe([shipment]);

        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
    }

    [Fact]
    public async Task Two_transactions_of_which_one_writes_the_report_and_one_its_reference_leave_it_for_the_reconciler_at_worst()
    {
        var shipment = await Shipment();
        var id = (await Notifications(Channel.Sms, 1, shipment))[0];
        await Claim(Channel.Sms, id);

        var settled = (await Task.WhenAll(Apply(Sms("ref", NotificationState.Delivered)), Settle(Accepted(id)))).SelectMany(s => s).ToList();
        settled.AddRange(Ended(await Committed(transaction => ApplyReports.ApplyParked(transaction, Now, CancellationToken.None))));

        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
        settled.ShouldBe([shipment]);
    }

    [Fact]
    public async Task A_delivery_is_not_taken_back_by_a_late_settlement()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await Claim(Channel.Email, id);
        await Apply(Delivered(id));

        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Unknown, NotificationState.New, Answer: "no answer", NextAttemptAt: Now));

        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
        (await Claim(Channel.Email, id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(Channel.Email))]
    [InlineData(nameof(Channel.Sms))]
    public void The_settlement_and_the_reports_lead_to_the_same_end_in_any_order_and_multiplicity(string channel)
    {
        var steps =
            from failure in Gen.Elements(NotificationState.Failed, NotificationState.Failed_Expired, NotificationState.Failed_Bounced)
            from states in Gen.Elements<NotificationState?>(NotificationState.Delivered, failure, NotificationState.Succeeded, null).ListOf(5)
            from settleAt in Gen.Choose(0, 5)
            from order in Gen.Shuffle(states.Concat(states.Take(2)))
            from batch in Gen.Choose(1, 7)
            select (States: order, SettleAt: settleAt, Batch: batch);

        Prop.ForAll(steps.ToArbitrary(), given => EndsAs(Channel.Named(channel), given.States, given.SettleAt, given.Batch).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task EndsAs(Channel channel, NotificationState?[] states, int settleAt, int batch)
    {
        var shipment = await Shipment();
        var id = (await Notifications(channel, 1, shipment))[0];
        await Claim(channel, id);
        var reference = $"ref-{id}";
        var settlement = channel == Channel.Email
            ? new SettledAttempt(id, 1, AttemptOutcome.Accepted, NotificationState.Sending, Answer: "202")
            : new SettledAttempt(id, 1, AttemptOutcome.Accepted, NotificationState.Accepted, reference, "OK");
        var reports = states.Select(s => channel == Channel.Email
            ? new ReceivedReport("acs", channel, $"{id}:{s}", id.ToString(), $"{s}", s)
            : new ReceivedReport("link", channel, $"{id}:{s}", reference, $"{s}", s)).ToArray();

        var highest = (short)0;
        async Task Step(Task step)
        {
            await step;
            var progress = (await Stored(id)).Progress;
            progress.ShouldBeGreaterThanOrEqualTo(highest);
            highest = progress;
        }

        var done = 0;
        foreach (var chunk in reports.Chunk(batch))
        {
            if (done++ == settleAt)
                await Step(Settle(settlement));
            await Step(Apply(chunk));
        }
        await Step(Settle(settlement));

        (await Stored(id)).State.ShouldBe(Expected(channel, states));
    }

    private static NotificationState Expected(Channel channel, NotificationState?[] states)
    {
        if (states.Contains(NotificationState.Delivered))
            return NotificationState.Delivered;
        if (states.FirstOrDefault(s => s is not (null or NotificationState.Succeeded)) is { } failure)
            return failure;
        return channel == Channel.Sms ? NotificationState.Accepted
            : states.Contains(NotificationState.Succeeded) ? NotificationState.Succeeded
            : NotificationState.Sending;
    }

    private static SettledAttempt Accepted(Guid id) => new(id, 1, AttemptOutcome.Accepted, NotificationState.Accepted, "ref", "OK");

    private static ReceivedReport Delivered(Guid id) => new("acs", Channel.Email, $"delivered-{id}", id.ToString(), "Delivered", NotificationState.Delivered);

    private static ReceivedReport Sms(string reference, NotificationState state) => new("link", Channel.Sms, $"{reference}:{state}", reference, $"{state}", state);
}
