using FsCheck;
using FsCheck.Fluent;
using Notifications.Contracts;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

public sealed class ConditionTests : IAsyncLifetime
{
    private OrderWorld world = null!;

    public async Task InitializeAsync() => world = await OrderWorld.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(ConditionOnError.Send, 1, false, AfterNoAnswer.AskAgain)]
    [InlineData(ConditionOnError.Send, 2, false, AfterNoAnswer.Send)]
    [InlineData(ConditionOnError.Send, 1, true, AfterNoAnswer.Send)]
    [InlineData(ConditionOnError.Skip, 1, false, AfterNoAnswer.AskAgain)]
    [InlineData(ConditionOnError.Skip, 2, false, AfterNoAnswer.Stop)]
    [InlineData(ConditionOnError.Hold, 1, false, AfterNoAnswer.AskAgain)]
    [InlineData(ConditionOnError.Hold, 100, false, AfterNoAnswer.AskAgain)]
    [InlineData(ConditionOnError.Hold, 100, true, AfterNoAnswer.Stop)]
    public void After_one_retry_the_order_says_what_to_do(ConditionOnError onError, int tries, bool isOver, AfterNoAnswer expected) =>
        ConditionRules.Decide(onError, tries, isOver).ShouldBe(expected);

    [Fact]
    public void Nothing_that_is_held_back_or_skipped_is_ever_sent_without_an_answer() => Prop.ForAll<int, bool>((tries, isOver) =>
        ConditionRules.Decide(ConditionOnError.Hold, tries, isOver) != AfterNoAnswer.Send && ConditionRules.Decide(ConditionOnError.Skip, tries, isOver) != AfterNoAnswer.Send)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(5, 15)]
    [InlineData(int.MaxValue, 15)]
    public void Pauses_between_questions_grow_to_a_quarter_of_an_hour(int tries, int minutes) => ConditionRules.Pause(tries).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public async Task A_shipment_with_a_condition_asks_it_first()
    {
        var shipment = world.Shipment(directChannel: Channel.Email, condition: ConditionOnError.Send);

        await world.Tell(new ShipmentDue(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("CheckingCondition");
        world.Sent.ShouldContain(new CheckCondition(shipment.CorrelationId));
        world.Plans.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(Channel.Email), "Sending")]
    [InlineData(null, "ResolvingRecipients")]
    public async Task A_condition_that_is_met_lets_the_shipment_go_on(string? directChannel, string expected)
    {
        var shipment = world.Shipment("CheckingCondition", directChannel is null ? null : Channel.Named(directChannel));

        await world.Tell(new ConditionMet(shipment.CorrelationId, world.Clock.Now));

        shipment.CurrentState.ShouldBe(expected);
    }

    [Fact]
    public async Task A_condition_that_is_not_met_ends_the_shipment_and_its_waiting_reminders()
    {
        var shipment = world.Shipment("CheckingCondition", Channel.Email);

        await world.Tell(new ConditionNotMet(shipment.CorrelationId));

        (shipment.CurrentState, shipment.StandsUntil).ShouldBe(("ConditionNotMet", null));
        world.Plans.ShouldBeEmpty();
        world.FeedEntries.First().Values.ShouldContain("Order_SendConditionNotMet");
        world.FeedEntries.Last().Values.ShouldContain("Order_Cancelled");
    }

    [Theory]
    [InlineData(ConditionOnError.Send, "Sending")]
    [InlineData(ConditionOnError.Skip, "ConditionNotMet")]
    [InlineData(ConditionOnError.Hold, "CheckingCondition")]
    public async Task Without_an_answer_the_condition_is_asked_once_more_after_a_minute(ConditionOnError onError, string expected)
    {
        var shipment = world.Shipment("CheckingCondition", Channel.Email, condition: onError);

        await world.Tell(new ConditionUnknown(shipment.CorrelationId));
        shipment.CurrentState.ShouldBe("CheckingCondition");
        world.Timers.ShouldBe([(new AskConditionAgain(shipment.CorrelationId), world.Clock.Now.AddMinutes(1).UtcDateTime)]);

        await world.Tell(new AskConditionAgain(shipment.CorrelationId), shipment.AskConditionTokenId);
        world.Sent.OfType<CheckCondition>().Count().ShouldBe(1);
        await world.Tell(new ConditionUnknown(shipment.CorrelationId));
        shipment.CurrentState.ShouldBe(expected);
    }

    [Fact]
    public async Task A_repeated_answer_does_not_shorten_the_pause()
    {
        var shipment = world.Shipment("CheckingCondition", Channel.Email);

        await world.Tell(new ConditionUnknown(shipment.CorrelationId));
        await world.Tell(new ConditionUnknown(shipment.CorrelationId));

        (shipment.CurrentState, world.Timers.Count).ShouldBe(("CheckingCondition", 1));
    }

    [Fact]
    public async Task A_hand_off_that_was_put_off_asks_the_condition_again()
    {
        var shipment = Waiting();

        await world.Tell(new HandOffAwaitsCondition(shipment.CorrelationId));
        await world.Tell(new HandOffAwaitsCondition(shipment.CorrelationId));
        world.Sent.OfType<CheckCondition>().Count().ShouldBe(1);

        await world.Tell(new ConditionMet(shipment.CorrelationId, world.Clock.Now));
        shipment.CurrentState.ShouldBe("Sending");
        world.Enlisted.Count(s => s.Text.Contains("hand_off_until", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData(false, "ConditionNotMet")]
    [InlineData(true, "Sending")]
    public async Task A_condition_that_does_not_hold_any_more_takes_back_what_was_not_handed_off(bool isHandedOff, string expected)
    {
        world.IsHandedOff = isHandedOff;
        var shipment = Waiting();

        await world.Tell(new HandOffAwaitsCondition(shipment.CorrelationId));
        await world.Tell(new ConditionNotMet(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(expected);
        world.Enlisted.ShouldContain(s => s.Text.Contains("DELETE FROM notifications WHERE shipment_id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_takes_nothing_back()
    {
        var shipment = Waiting();

        await world.Tell(new ConditionNotMet(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe("Sending");
        world.Enlisted.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_with_a_condition_may_leave_for_a_minute_after_its_answer()
    {
        var now = FixedClock.Start;
        var shipment = new OrderState { SendTime = now, Condition = ConditionOnError.Send, ConditionMetAt = now };

        HandOffTimes.Of(shipment, Channel.Email, now.AddSeconds(10)).Opening.ShouldBe(new Opening(now, now.AddMinutes(1)));
        HandOffTimes.Of(shipment, Channel.Email, now.AddSeconds(60)).IsAt(now.AddSeconds(60)).ShouldBeFalse();
    }

    [Fact]
    public void A_message_with_a_condition_that_waits_for_its_window_may_not_leave_unasked_when_it_opens()
    {
        var night = FixedClock.Start.AddHours(12);
        var time = HandOffTimes.Of(new OrderState { SendTime = night, Condition = ConditionOnError.Send, ConditionMetAt = night, SendingWindow = "Daytime" }, Channel.Sms, night);

        time.DriveAt.ShouldBe(FixedClock.Start.AddDays(1));
        time.IsAt(time.DriveAt).ShouldBeFalse();
    }

    /// <summary>Its messages wait, and its condition was asked an hour ago.</summary>
    private OrderState Waiting()
    {
        var shipment = world.Shipment("Sending", Channel.Email, condition: ConditionOnError.Send);
        shipment.ConditionAskedAt = shipment.ConditionMetAt = world.Clock.Now.AddHours(-1);
        return shipment;
    }
}
