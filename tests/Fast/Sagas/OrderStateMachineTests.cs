using FsCheck;
using FsCheck.Fluent;
using MassTransit;
using Notifications.Contracts;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

public sealed class OrderStateMachineTests : IAsyncLifetime
{
    private static readonly Func<Guid, object>[] Messages =
    [
        id => new ShipmentDue(id), id => new SendTimeReached(id), id => new RecipientsResolved(id), id => new RecipientsUnavailable(id),
        id => new ConditionMet(id, FixedClock.Start), id => new ConditionNotMet(id), id => new ConditionUnknown(id), id => new AskConditionAgain(id),
        id => new AttachmentsFetched(id), id => new AttachmentsRefused(id), id => new AttachmentsUnavailable(id),
        id => new HandOffAwaitsCondition(id), id => new ResolveAgain(id), id => new PlanMoreNotifications(id, 0), id => new NotificationsSettled(id), id => new ShipmentStoodStill(id),
        id => new DeliveryFailed(id), id => new FallbackTimeReached(id),
    ];

    private OrderWorld world = null!;

    public static TheoryData<string, int> Pairs()
    {
        var pairs = new TheoryData<string, int>();
        foreach (var state in LastingStates(new OrderStateMachine(new FixedClock())))
        {
            for (var message = 0; message < Messages.Length; message++)
                pairs.Add(state.Name, message);
        }
        return pairs;
    }

    public async Task InitializeAsync() => world = await OrderWorld.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void Every_state_says_what_every_event_means_in_it()
    {
        var machine = new OrderStateMachine(new FixedClock());
        var unsaid = LastingStates(machine).SelectMany(state => machine.Events
            .Where(e => !machine.NextEvents(state).Contains(e))
            .Select(e => $"{state.Name}: {e.Name}"));

        unsaid.ShouldBeEmpty();
    }

    [Fact]
    public void Every_message_of_the_workflow_is_tried_against_every_state()
    {
        var heard = new OrderStateMachine(new FixedClock()).Events.SelectMany(e => e.GetType().GetGenericArguments()).Where(t => t.Namespace == typeof(ShipmentDue).Namespace);

        Messages.Select(m => m(Guid.Empty).GetType()).ShouldBe(heard.Distinct(), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task No_message_fails_in_any_state(string state, int message)
    {
        var shipment = world.Shipment(state);

        (await Hear(shipment, Messages[message](shipment.CorrelationId))).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_for_a_shipment_that_does_not_exist_makes_none()
    {
        foreach (var message in Messages)
            (await world.Tell(message(Guid.NewGuid()))).ShouldBeNull();

        world.Enlisted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(Channel.Email), typeof(SendEmail))]
    [InlineData(nameof(Channel.Sms), typeof(SendSms))]
    public async Task A_shipment_to_an_address_is_handed_off_when_it_is_due(string channel, Type handOff)
    {
        var shipment = world.Shipment(directChannel: Channel.Named(channel));

        await world.Tell(new ShipmentDue(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Sending");
        world.Plans.Count().ShouldBe(1);
        world.Sent.Select(m => m.GetType()).ShouldContain(handOff);
    }

    [Fact]
    public async Task A_message_outside_its_window_is_planned_and_not_handed_off()
    {
        world.Clock.Now = FixedClock.Start.AddHours(12);
        var shipment = world.Shipment(directChannel: Channel.Sms);
        shipment.SendingWindow = "Daytime";

        await world.Tell(new ShipmentDue(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Sending");
        world.Plans.Count().ShouldBe(1);
        world.Sent.OfType<SendSms>().ShouldBeEmpty();
        shipment.StandsUntil!.Value.ShouldBeGreaterThan(world.Clock.Now.AddHours(11));
    }

    [Fact]
    public async Task Of_two_channels_only_the_one_that_is_held_back_waits()
    {
        world.Clock.Now = FixedClock.Start.AddHours(12);
        world.ChannelSchema = ChannelSchema.EmailAndSms;
        world.Found = (["ola@example.no"], ["+4799999999"], false);
        var shipment = world.Shipment("ResolvingRecipients");
        shipment.SendingWindow = "Daytime";

        await world.Tell(new RecipientsResolved(shipment.CorrelationId));

        (world.Sent.OfType<SendEmail>().Count(), world.Sent.OfType<SendSms>().Count()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_shipment_to_a_person_looks_for_the_person_first()
    {
        var shipment = world.Shipment();

        await world.Tell(new ShipmentDue(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("ResolvingRecipients");
        world.Sent.ShouldContain(new ResolveRecipients(shipment.CorrelationId));
        world.Plans.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(ShipmentDue))]
    [InlineData(typeof(SendTimeReached))]
    [InlineData(typeof(ShipmentStoodStill))]
    public async Task A_shipment_that_is_woken_before_its_time_waits_on(Type waking)
    {
        var shipment = world.Shipment(directChannel: Channel.Email, sendTime: world.Clock.Now.AddHours(1));

        await Hear(shipment, Activator.CreateInstance(waking, shipment.CorrelationId)!);

        shipment.CurrentState.ShouldBe("Scheduled");
        world.Plans.ShouldBeEmpty();
        world.Timers.ShouldBe([(new SendTimeReached(shipment.CorrelationId), shipment.SendTime.UtcDateTime)]);
    }

    [Fact]
    public async Task A_timer_of_an_earlier_plan_is_not_heard()
    {
        var shipment = world.Shipment(directChannel: Channel.Email);
        shipment.SendTimeTokenId = NewId.NextGuid();

        await world.Tell(new SendTimeReached(shipment.CorrelationId), schedulingToken: NewId.NextGuid());

        shipment.CurrentState.ShouldBe("Scheduled");
    }

    [Fact]
    public async Task The_timer_of_the_current_plan_starts_the_shipment()
    {
        var shipment = world.Shipment(directChannel: Channel.Email);
        shipment.SendTimeTokenId = NewId.NextGuid();

        await world.Tell(new SendTimeReached(shipment.CorrelationId), shipment.SendTimeTokenId);

        shipment.CurrentState.ShouldBe("Sending");
    }

    [Fact]
    public async Task A_person_that_was_found_is_notified()
    {
        var shipment = world.Shipment("ResolvingRecipients");

        await world.Tell(new RecipientsResolved(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Sending");
        world.Sent.OfType<SendEmail>().Count().ShouldBe(1);
        world.FeedEntries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_channels_are_two_notifications()
    {
        world.ChannelSchema = ChannelSchema.EmailAndSms;
        world.Found = (["ola@example.no"], ["+4799999999"], false);

        await world.Tell(new RecipientsResolved(world.Shipment("ResolvingRecipients").CorrelationId));

        (world.Sent.OfType<SendEmail>().Count(), world.Sent.OfType<SendSms>().Count()).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_shipment_that_nobody_can_be_reached_with_is_complete_at_once(bool isReserved)
    {
        world.Found = (isReserved ? ["ola@example.no"] : [], [], isReserved);
        var shipment = world.Shipment("ResolvingRecipients");

        await world.Tell(new RecipientsResolved(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Completed");
        shipment.StandsUntil.ShouldBeNull();
        world.Plans.Count().ShouldBe(1);
        world.FeedEntries.Count().ShouldBe(1);
        world.Sent.OfType<SendEmail>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_recipients_are_planned_in_parts_and_each_of_them_once_however_often_it_is_said()
    {
        world.Recipients = 240;
        var shipment = world.Shipment("ResolvingRecipients");
        var id = shipment.CorrelationId;

        object[] heard =
        [
            new RecipientsResolved(id), new RecipientsResolved(id), new PlanMoreNotifications(id, 100), new PlanMoreNotifications(id, 100),
            new PlanMoreNotifications(id, 200), new PlanMoreNotifications(id, 100), new PlanMoreNotifications(id, 200),
        ];
        foreach (var message in heard)
            (await world.Tell(message)).ShouldBeNull();

        shipment.CurrentState.ShouldBe("Sending");
        world.Plans.Select(p => ((Array)p.Values[0]!).Length).ShouldBe([100, 100, 40]);
        world.Sent.OfType<SendEmail>().Select(s => s.NotificationId).Distinct().Count().ShouldBe(240);
        world.Sent.OfType<GoOnPlanning>().ShouldBe([new(id, 100), new(id, 200)], "Each stands behind its part, in the queue of e-mails.");
        world.Sent.IndexOf(new GoOnPlanning(id, 100)).ShouldBe(100);
        shipment.StandsUntil.ShouldBe(world.Clock.Now, "Earlier parts may all be final, unheard.");
        world.FeedEntries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shipment_that_stood_still_between_two_parts_goes_on_where_it_stood()
    {
        world.Recipients = 600;
        var shipment = world.Shipment("PlanningNotifications");
        shipment.PlannedRecipients = 500;

        await world.Tell(new ShipmentStoodStill(shipment.CorrelationId));
        await world.Tell(new PlanMoreNotifications(shipment.CorrelationId, 500));

        shipment.CurrentState.ShouldBe("Sending");
        world.Plans.ShouldHaveSingleItem();
        world.Sent.OfType<ResolveRecipients>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_whose_findings_are_gone_is_asked_for_again()
    {
        world.Found = null;
        var shipment = world.Shipment("ResolvingRecipients");

        await world.Tell(new RecipientsResolved(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("ResolvingRecipients");
        world.Sent.ShouldContain(new ResolveRecipients(shipment.CorrelationId));
    }

    [Fact]
    public async Task A_lookup_that_failed_is_tried_again_later()
    {
        var shipment = world.Shipment("ResolvingRecipients");

        await world.Tell(new RecipientsUnavailable(shipment.CorrelationId));
        await world.Tell(new RecipientsUnavailable(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("ResolvingRecipients");
        world.Timers.Select(t => t.DueAt - world.Clock.Now.UtcDateTime).ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        world.Sent.OfType<ResolveRecipients>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(RecipientsUnavailable))]
    [InlineData(typeof(ShipmentStoodStill))]
    public async Task A_lookup_that_never_succeeds_ends_the_shipment_with_a_failure(Type heard)
    {
        var shipment = world.Shipment("ResolvingRecipients", sendTime: world.Clock.Now.AddHours(-48));

        await world.Tell(Activator.CreateInstance(heard, shipment.CorrelationId)!);

        shipment.CurrentState.ShouldBe("Completed");
        world.Plans.Single().Values.ShouldContain("Failed");
        world.FeedEntries.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("Scheduled")]
    [InlineData("ResolvingRecipients")]
    public async Task A_shipment_that_stood_still_is_driven_again(string state)
    {
        var shipment = world.Shipment(state);

        await world.Tell(new ShipmentStoodStill(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("ResolvingRecipients");
        world.Sent.ShouldContain(new ResolveRecipients(shipment.CorrelationId));
        shipment.StandsUntil!.Value.ShouldBeGreaterThan(world.Clock.Now);
    }

    [Fact]
    public async Task A_shipment_whose_notifications_are_open_is_not_complete_because_it_stood_still_earlier()
    {
        var shipment = world.Shipment("Sending");

        await world.Tell(new ShipmentStoodStill(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Sending");
        world.FeedEntries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shipment_is_complete_when_its_notifications_are_settled()
    {
        var shipment = world.Shipment("Sending");

        await world.Tell(new NotificationsSettled(shipment.CorrelationId));

        (shipment.CurrentState, shipment.StandsUntil).ShouldBe(("Completed", null));
        world.FeedEntries.Single().Values.ShouldContain("Order_Completed");
    }

    [Theory]
    [InlineData(true, "Completed")]
    [InlineData(false, "Sending")]
    public async Task Of_a_shipment_in_parts_it_is_seen_whether_it_is_settled(bool isSettled, string expected)
    {
        world.IsSettled = isSettled;
        var shipment = world.Shipment("Sending");
        shipment.PlannedRecipients = 500;

        await world.Tell(new NotificationsSettled(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(expected, "What was said may have been said of the first part.");
    }

    [Fact]
    public async Task Every_change_of_state_is_in_the_history()
    {
        var shipment = world.Shipment();

        await world.Tell(new ShipmentDue(shipment.CorrelationId));
        await world.Tell(new RecipientsResolved(shipment.CorrelationId));
        await world.Tell(new RecipientsResolved(shipment.CorrelationId));
        await world.Tell(new NotificationsSettled(shipment.CorrelationId));

        world.Told.ShouldBe(["ResolvingRecipients", "Sending", "Completed"]);
        world.Enlisted.Last().Values.ShouldContain("NotificationsSettled");
    }

    [Theory]
    [InlineData("Completed")]
    [InlineData("Cancelled")]
    [InlineData("ConditionNotMet")]
    public async Task Whatever_is_heard_after_the_end_changes_nothing(string end)
    {
        var shipment = world.Shipment(end);

        foreach (var message in Messages)
            await Hear(shipment, message(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(end);
        world.Enlisted.ShouldBeEmpty();
        world.Timers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(Channel.Email))]
    public void Duplicated_and_reordered_messages_lead_to_the_same_end(string? directChannel)
    {
        // What was really settled is heard last: nothing can be settled before it was planned.
        var heard = Gen.Elements(Messages.Where(m => m(Guid.Empty) is not NotificationsSettled).ToArray()).ListOf(12);
        Prop.ForAll(heard.ToArbitrary(), messages => EndsOnce(directChannel is null ? null : Channel.Named(directChannel), messages).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData(ConditionOnError.Send)]
    [InlineData(ConditionOnError.Skip)]
    [InlineData(ConditionOnError.Hold)]
    public void Answers_of_a_condition_in_any_order_lead_to_one_end(ConditionOnError onError)
    {
        var heard = Gen.Elements(Messages.Where(m => m(Guid.Empty) is not NotificationsSettled).ToArray()).ListOf(14);
        Prop.ForAll(heard.ToArbitrary(), messages => EndsOnceWithCondition(onError, messages).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task EndsOnceWithCondition(ConditionOnError onError, IReadOnlyList<Func<Guid, object>> messages)
    {
        var shipment = world.Shipment(directChannel: Channel.Email, condition: onError);
        var id = shipment.CorrelationId;
        foreach (var message in messages)
            (await Hear(shipment, message(id))).ShouldBeNull();
        var stopped = shipment.CurrentState == "ConditionNotMet";

        foreach (var last in new object[] { new ShipmentDue(id), new ConditionMet(id, world.Clock.Now), new NotificationsSettled(id), new NotificationsSettled(id) })
            (await world.Tell(last)).ShouldBeNull();

        shipment.CurrentState.ShouldBe(stopped ? "ConditionNotMet" : "Completed");
        world.Plans.Count(s => s.Values.Contains(id)).ShouldBeLessThanOrEqualTo(1);
        world.FeedEntries.Count(s => s.Values.Contains(id)).ShouldBe(stopped ? 2 : 1);
    }

    private async Task EndsOnce(Channel? directChannel, IReadOnlyList<Func<Guid, object>> messages)
    {
        var shipment = world.Shipment(directChannel: directChannel);
        var id = shipment.CorrelationId;
        foreach (var message in messages)
            (await Hear(shipment, message(id))).ShouldBeNull();

        foreach (var last in new object[] { new ShipmentDue(id), new RecipientsResolved(id), new NotificationsSettled(id), new NotificationsSettled(id) })
            (await world.Tell(last)).ShouldBeNull();

        shipment.CurrentState.ShouldBe("Completed");
        world.Plans.Count(s => s.Values.Contains(id)).ShouldBe(1);
        world.FeedEntries.Count(s => s.Values.Contains(id)).ShouldBe(1);
    }

    /// <summary>Tells the saga; a timer is the one that it waits for.</summary>
    private Task<Exception?> Hear(OrderState shipment, object message) => message switch
    {
        SendTimeReached => world.Tell(message, shipment.SendTimeTokenId ??= NewId.NextGuid()),
        AskConditionAgain => world.Tell(message, shipment.AskConditionTokenId ??= NewId.NextGuid()),
        FallbackTimeReached => world.Tell(message, shipment.FallbackTokenId ??= NewId.NextGuid()),
        ResolveAgain => world.Tell(message, shipment.ResolveAgainTokenId ??= NewId.NextGuid()),
        _ => world.Tell(message),
    };

    private static IEnumerable<State> LastingStates(OrderStateMachine machine) => machine.States.Where(s => s != machine.Initial && s != machine.Final);
}
