using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.Fast.Sagas;

public sealed class AttachmentTests : IAsyncLifetime
{
    private OrderWorld world = null!;

    public async Task InitializeAsync() => world = await OrderWorld.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task What_goes_with_an_email_is_fetched_when_it_is_due_and_not_before()
    {
        var shipment = world.Shipment(directChannel: Channel.Email, hasAttachments: true);

        await world.Tell(new ShipmentDue(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(nameof(OrderStateMachine.FetchingAttachments));
        world.Sent.OfType<FetchAttachments>().ShouldHaveSingleItem();
        world.Plans.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_email_is_handed_off_by_those_who_have_its_files_when_they_are_there()
    {
        var shipment = world.Shipment(nameof(OrderStateMachine.FetchingAttachments));

        await world.Tell(new AttachmentsFetched(shipment.CorrelationId));
        await world.Tell(new AttachmentsFetched(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(nameof(OrderStateMachine.Sending));
        world.Sent.OfType<SendComposedEmail>().ShouldHaveSingleItem();
        world.Sent.OfType<SendEmail>().ShouldBeEmpty();
        world.Plans.ShouldHaveSingleItem();
        world.Enlisted.ShouldNotContain(s => Forgets(s));
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_ends_the_shipment_where_its_owner_sees_it()
    {
        var shipment = world.Shipment(nameof(OrderStateMachine.FetchingAttachments));

        await world.Tell(new AttachmentsRefused(shipment.CorrelationId));

        shipment.CurrentState.ShouldBe(nameof(OrderStateMachine.Completed));
        world.Sent.OfType<SendComposedEmail>().ShouldBeEmpty();
        world.Plans.ShouldHaveSingleItem().Text.ShouldContain("failure");
        world.FeedEntries.ShouldHaveSingleItem();
        world.Enlisted.FindIndex(Forgets).ShouldBeGreaterThan(world.Enlisted.FindIndex(s => s.Text.Contains("failure", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_storage_that_is_away_is_asked_again_ever_more_rarely_and_not_for_ever()
    {
        var shipment = world.Shipment(nameof(OrderStateMachine.FetchingAttachments));
        await world.Tell(new AttachmentsUnavailable(shipment.CorrelationId));
        (shipment.StandsUntil - world.Clock.Now).ShouldBe(TimeSpan.FromSeconds(5));

        world.Clock.Now += TimeSpan.FromMinutes(1);
        await world.Tell(new AttachmentsUnavailable(shipment.CorrelationId));
        (shipment.StandsUntil - world.Clock.Now).ShouldBe(TimeSpan.FromMinutes(1));

        world.Clock.Now += TimeSpan.FromHours(1);
        await world.Tell(new ShipmentStoodStill(shipment.CorrelationId));
        world.Sent.OfType<FetchAttachments>().ShouldHaveSingleItem();
        await world.Tell(new AttachmentsUnavailable(shipment.CorrelationId));
        (shipment.StandsUntil - world.Clock.Now).ShouldBe(TimeSpan.FromMinutes(5));
        shipment.CurrentState.ShouldBe(nameof(OrderStateMachine.FetchingAttachments));

        world.Clock.Now += TimeSpan.FromHours(48);
        await world.Tell(new AttachmentsUnavailable(shipment.CorrelationId));
        shipment.CurrentState.ShouldBe(nameof(OrderStateMachine.Completed));
        world.FeedEntries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Files_are_forgotten_with_the_end_of_their_shipment_and_others_cost_nothing()
    {
        var plain = world.Shipment(nameof(OrderStateMachine.Sending), Channel.Email);
        await world.Tell(new NotificationsSettled(plain.CorrelationId));
        world.Enlisted.ShouldNotContain(s => Forgets(s));

        var composed = world.Shipment(nameof(OrderStateMachine.Sending), Channel.Email, hasAttachments: true);
        await world.Tell(new NotificationsSettled(composed.CorrelationId));
        world.Enlisted.ShouldContain(s => Forgets(s));
    }

    [Fact]
    public async Task Files_of_what_its_condition_stopped_are_forgotten_unfetched()
    {
        var shipment = world.Shipment(nameof(OrderStateMachine.CheckingCondition), Channel.Email, hasAttachments: true);

        await world.Tell(new ConditionNotMet(shipment.CorrelationId));

        world.Sent.OfType<FetchAttachments>().ShouldBeEmpty();
        world.Enlisted.ShouldContain(s => Forgets(s));
    }

    private static bool Forgets(Statement statement) => statement.Text.StartsWith("DELETE FROM attachments", StringComparison.Ordinal) && statement.Values.Length == 1;
}
