using FsCheck;
using FsCheck.Fluent;
using Notifications.Contracts;
using Notifications.Store;
using Notifications.Tests.DurabilityContract.Store;

namespace Notifications.Tests.DurabilityContract.Workflow;

/// <summary>Whatever happens to a shipment, in whatever order and however often, it comes to one end.</summary>
public sealed class WorkflowTests(ContractServers servers) : StoreTest(servers)
{
    private const int Persons = 2;
    private static readonly TimeSpan[] Steps = [TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(50), TimeSpan.FromHours(5), TimeSpan.FromHours(30)];
    private static readonly AttemptOutcome[] Outcomes = [AttemptOutcome.Accepted, AttemptOutcome.Accepted, AttemptOutcome.Refused, AttemptOutcome.Deferred, AttemptOutcome.Unknown, AttemptOutcome.Claimed];
    private static readonly NotificationState[] Reported = [NotificationState.Delivered, NotificationState.Failed_Bounced, NotificationState.Failed_Undelivered, NotificationState.Succeeded];

    [Theory]
    [InlineData(ChannelSchema.EmailPreferred, null, 4, null)]
    [InlineData(ChannelSchema.SmsPreferred, null, null, ConditionOnError.Send)]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnMissingAddress, null, null)]
    [InlineData(ChannelSchema.EmailAndSms, null, null, ConditionOnError.Hold)]
    public async Task Every_interleaving_of_everything_ends_once_with_one_message_for_each_notification_and_no_fallback_without_cause(
        ChannelSchema schema, Fallback? fallback, int? hours, ConditionOnError? condition)
    {
        await using var world = await WorkflowWorld.Start(Database);
        var happenings = (from what in Gen.Choose(0, 11) from which in Gen.Choose(0, 1000) select (What: what, Which: which)).ListOf(30);

        Prop.ForAll(happenings.ToArbitrary(), list => new Case(world, schema, fallback, hours, condition).EndsOnce(list).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));

        // Else nothing was tried.
        (await world.Scalar<long>("SELECT count(*) FROM shipment_history WHERE kind = 'FallbackChosen'") > 0).ShouldBe(
            schema is ChannelSchema.EmailPreferred or ChannelSchema.SmsPreferred && fallback is null);
    }

    [Fact]
    public async Task What_was_said_to_be_settled_before_a_fallback_went_out_does_not_end_the_shipment()
    {
        await using var world = await WorkflowWorld.Start(Database);
        var id = (await world.Order(ChannelSchema.EmailPreferred, persons: 1)).Id;
        await world.Tell(new ShipmentDue(id));
        await world.Resolve(id, persons: 1);
        await world.HandOff((await world.Notifications(id)).Single(), AttemptOutcome.Refused);

        await world.Deliver(world.News[0]);
        await world.Deliver(world.News[0]);

        (await world.State(id)).ShouldBe("Sending");
        (await world.Notifications(id)).Select(n => (n.Channel, n.State)).ShouldBe([(Channel.Email, NotificationState.Failed_InvalidRecipient), (Channel.Sms, NotificationState.New)], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_shipments_that_are_told_together_each_goes_its_own_way()
    {
        await using var world = await WorkflowWorld.Start(Database);
        var settled = await HandedOff(AttemptOutcome.Refused, Fallback.OnMissingAddress);
        var failed = await HandedOff(AttemptOutcome.Refused);
        var alsoSettled = await HandedOff(AttemptOutcome.Refused, Fallback.OnMissingAddress);
        var over = await HandedOff(AttemptOutcome.Refused, Fallback.OnMissingAddress);
        await world.Tell(new NotificationsSettled(over));

        await world.Tell(new NotificationsSettled(settled, failed, Guid.NewGuid(), alsoSettled, over));

        (await Task.WhenAll(new[] { settled, failed, alsoSettled, over }.Select(world.State))).ShouldBe(["Completed", "Sending", "Completed", "Completed"]);
        (await world.Notifications(failed)).Length.ShouldBe(2, "What was kept for it went out.");
        (await world.Scalar<long>("SELECT count(*) FROM status_feed")).ShouldBe(3);
        (await world.Scalar<long>("SELECT count(*) FROM shipment_history WHERE state = 'Completed'")).ShouldBe(3);

        async Task<Guid> HandedOff(AttemptOutcome outcome, Fallback? fallback = null)
        {
            var id = (await world.Order(ChannelSchema.EmailPreferred, persons: 1, fallback)).Id;
            await world.Tell(new ShipmentDue(id));
            await world.Resolve(id, persons: 1);
            await world.HandOff((await world.Notifications(id)).Single(), outcome);
            return id;
        }
    }

    private sealed class Case(WorkflowWorld world, ChannelSchema schema, Fallback? fallback, int? hours, ConditionOnError? condition)
    {
        private Guid _id;

        public async Task EndsOnce(IReadOnlyList<(int What, int Which)> happenings)
        {
            world.News.Clear();
            _id = (await world.Order(schema, Persons, fallback, hours is { } after ? TimeSpan.FromHours(after) : null, condition)).Id;
            await world.Tell(new ShipmentDue(_id));
            foreach (var (what, which) in happenings)
                await Watched(() => Happen(what, which));
            for (var round = 0; !await IsFinal(); round++)
            {
                round.ShouldBeLessThan(8, await world.State(_id));
                await Watched(() => world.Tell(new ShipmentDue(_id)));
                await Watched(() => world.Tell(new ConditionMet(_id, world.Clock.GetUtcNow())));
                await Watched(() => world.Resolve(_id, Persons));
                await Watched(world.Reconciled);
                world.Clock.Move(TimeSpan.FromHours(49));
                await Watched(world.Reconciled);
            }

            (await world.Scalar<long>("SELECT count(*) FROM status_feed WHERE shipment_id = $1", _id)).ShouldBe(1);
            (await world.Fallbacks(_id)).ShouldBeEmpty();
            foreach (var notification in await world.Notifications(_id))
            {
                notification.Progress.ShouldBeGreaterThanOrEqualTo(Progress.Final);
                world.Accepted.GetValueOrDefault(notification.Id).ShouldBeLessThanOrEqualTo(1);
            }
        }

        private async Task Happen(int what, int which)
        {
            T Pick<T>(IReadOnlyList<T> from) => from[which % from.Count];
            var notifications = await world.Notifications(_id);
            switch (what)
            {
                case 0:
                    await world.Tell(Pick<object>(
                    [
                        new ShipmentDue(_id), new RecipientsResolved(_id), new RecipientsUnavailable(_id), new DeliveryFailed(_id), new ShipmentStoodStill(_id), new HandOffAwaitsCondition(_id),
                        new ConditionMet(_id, world.Clock.GetUtcNow()), new ConditionMet(_id, world.Clock.GetUtcNow()), new ConditionUnknown(_id), new ConditionNotMet(_id),
                    ]));
                    break;
                case 1:
                    await world.Resolve(_id, Persons);
                    break;
                case 2 or 3 or 4 when notifications.Length > 0:
                    await world.HandOff(Pick(notifications), Outcomes[which / 7 % Outcomes.Length]);
                    break;
                case 5 or 6 when notifications.Where(n => n.Attempts > 0).ToArray() is { Length: > 0 } tried:
                    await world.Report(Pick(tried), Reported[which / 7 % Reported.Length]);
                    break;
                case 7:
                    world.Clock.Move(Pick(Steps));
                    break;
                case 8:
                    await world.Reconciled();
                    break;
                case 9 or 10 when world.News.Count > 0:
                    // Some of them come twice, and some never.
                    await world.Deliver(Pick(world.News));
                    break;
                case 11:
                    await world.TimePasses(_id);
                    if (which % 40 == 0)
                        await world.Cancel(_id);
                    break;
            }
        }

        /// <summary>Does it, and sees that what goes out over the other channel has its cause.</summary>
        private async Task Watched(Func<Task> step)
        {
            var (before, kept) = (await world.Notifications(_id), await world.Fallbacks(_id));
            await step();
            var after = await world.Notifications(_id);
            foreach (var used in kept.Where(k => after.Any(n => n.Id == k.Id)))
            {
                fallback.ShouldNotBe(Fallback.OnMissingAddress);
                var first = after.Where(n => n.Fallback == used.InsteadOf).ToArray();
                first.ShouldNotBeEmpty();
                first.ShouldAllBe(n => n.State != NotificationState.Delivered);
                (used.DueAt <= world.Clock.GetUtcNow() || first.All(n => n.Progress == Progress.Failed)).ShouldBeTrue(string.Join(' ', before.Concat(first).Select(n => n.State)));
                if (hours is null)
                    first.ShouldAllBe(n => n.State != NotificationState.Failed_TTL || !world.Accepted.ContainsKey(n.Id));
            }
        }

        private async Task<bool> IsFinal() => await world.State(_id) is "Completed" or "Cancelled" or "ConditionNotMet";
    }
}
