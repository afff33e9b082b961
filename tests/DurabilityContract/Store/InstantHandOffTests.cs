using MassTransit;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class InstantHandOffTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    [Fact]
    public async Task A_notification_is_born_claimed_so_that_nobody_else_can_claim_it()
    {
        var (shipment, id) = await Born(Channel.Sms);

        (await Claim(Channel.Sms, id)).ShouldBeEmpty();
        (await Again(shipment)).ShouldBeNull();
        (await Ledger(id)).ShouldBe([AttemptOutcome.Claimed]);
    }

    [Theory]
    [InlineData(AttemptOutcome.Accepted, NotificationState.Accepted, false, false)]
    [InlineData(AttemptOutcome.Unknown, NotificationState.Sending, false, false)]
    [InlineData(AttemptOutcome.Unknown, NotificationState.New, true, false)]
    [InlineData(AttemptOutcome.Deferred, NotificationState.New, true, false)]
    [InlineData(AttemptOutcome.Deferred, NotificationState.New, false, true)]
    [InlineData(AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient, false, true)]
    public async Task It_is_given_again_only_when_the_call_left_nothing_with_the_provider_and_nobody_else_makes_one(
        AttemptOutcome outcome, NotificationState state, bool isDriven, bool isGiven)
    {
        var (shipment, id) = await Born(Channel.Email);
        await Settle(new SettledAttempt(id, 1, outcome, state, NextAttemptAt: isDriven ? Now : null));

        (await Again(shipment) is { } given && (given.Id, given.Attempt) == (id, 2)).ShouldBe(isGiven);
        (await Again(shipment)).ShouldBeNull();
    }

    [Fact]
    public async Task One_of_many_who_want_it_at_once_gets_it()
    {
        var (shipment, id) = await Born(Channel.Sms);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New));

        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Again(shipment)));

        given.Count(g => g is not null).ShouldBe(1);
        (await Ledger(id)).ShouldBe([AttemptOutcome.Deferred, AttemptOutcome.Claimed]);
        (await Stored(id)).ExpiresAt.ShouldBe(Later);
    }

    [Fact]
    public async Task A_failure_that_was_reported_stays_one_until_the_message_is_delivered_all_the_same()
    {
        var (shipment, id) = await Born(Channel.Sms);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Refused, NotificationState.Failed));

        await Again(shipment);
        await Settle(new SettledAttempt(id, 2, AttemptOutcome.Accepted, NotificationState.Accepted, "ref", "OK"));
        (await Stored(id)).State.ShouldBe(NotificationState.Failed);
        (await Again(shipment)).ShouldBeNull();

        await Apply(new ReceivedReport(Providers.Link, Channel.Sms, "report", "ref", "DELIVRD", NotificationState.Delivered));
        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
    }

    private async Task<(Guid Shipment, Guid Notification)> Born(Channel channel)
    {
        var (shipment, id) = (await Shipment(), NewId.NextGuid());
        await Run(InstantHandOffs.FirstClaim(shipment, new ClaimedNotification(
            id, 1, "address", RecipientName: null, RecipientNumber: null, Now.AddMinutes(15), Sender: null, "subject", "body", EmailContentType.Plain) { Channel = channel, Provider = channel == Channel.Email ? Providers.Acs : Providers.Link }, Now));
        return (shipment, id);
    }

    private Task<(Guid Id, int Attempt, string Provider)?> Again(Guid shipment, params string[] providers) =>
        new InstantHandOffs(Database, new StandingClock()).ClaimAgain(shipment, providers.Length == 0 ? [Providers.Link] : providers, Later, CancellationToken.None);
}
