using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>A channel with more than one provider: a message that one of them has, or may have, is never for another.</summary>
public sealed class TwoProvidersTests(ContractServers servers) : StoreTest(servers)
{
    private const string Both = "acs smtp";

    [Theory]
    [InlineData(AttemptOutcome.Unknown, Providers.Acs)]
    [InlineData(AttemptOutcome.Deferred, Providers.Smtp)]
    public async Task Another_provider_is_called_only_when_the_first_certainly_has_nothing(AttemptOutcome outcome, string next)
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await ClaimAt(Providers.Acs, elsewhereFirst: false, id);
        await Settle(new SettledAttempt(id, 1, outcome, NotificationState.New, NextAttemptAt: Now));

        var claimed = (await ClaimAt(Providers.Smtp, elsewhereFirst: false, id)).Concat(await ClaimAt(Providers.Acs, elsewhereFirst: false, id));

        claimed.Single().Provider.ShouldBe(next);
    }

    [Fact]
    public async Task Who_did_not_take_a_message_is_tried_after_the_others()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await ClaimAt(Providers.Acs, elsewhereFirst: true, id);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New, NextAttemptAt: Now));

        (await ClaimAt(Providers.Acs, elsewhereFirst: true, id)).ShouldBeEmpty();
        (await ClaimAt(Providers.Smtp, elsewhereFirst: true, id)).Single().Provider.ShouldBe(Providers.Smtp);
    }

    [Fact]
    public async Task A_claim_that_nobody_settled_at_a_provider_that_knows_no_repeats_is_never_repeated()
    {
        var (known, unknown) = ((await Notifications(Channel.Email, 1))[0], (await Notifications(Channel.Email, 1))[0]);
        await ClaimAt(Providers.Acs, elsewhereFirst: false, known);
        await ClaimAt(Providers.Smtp, elsewhereFirst: false, unknown);

        (await Committed(transaction => Reconcile.GiveUpClaims(transaction, [Providers.Acs], Now.AddSeconds(1), Now, CancellationToken.None))).ShouldBe(1);

        (await Stored(known)).State.ShouldBe(NotificationState.New);
        (await Stored(unknown)).State.ShouldBe(NotificationState.Sending);
        foreach (var provider in Both.Split(' '))
            (await ClaimAt(provider, elsewhereFirst: false, unknown)).ShouldBeEmpty();
        (await ClaimAt(Providers.Smtp, elsewhereFirst: false, known)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_one_is_not_called_what_it_may_have_waits_and_the_rest_is_driven()
    {
        var ids = await Notifications(Channel.Email, 3);
        await ClaimAt(Providers.Acs, elsewhereFirst: false, ids[0]);
        await Settle(new SettledAttempt(ids[0], 1, AttemptOutcome.Unknown, NotificationState.New, NextAttemptAt: Now));
        await new ProviderPauses(Database, new StandingClock()).Pause(
            Providers.Acs, ProviderPause.Everybody, PauseCause.Unavailable, "500", wentAhead: false, TimeSpan.FromMinutes(10), CancellationToken.None);

        (await Due(Both)).ShouldBe([ids[1], ids[2]], ignoreOrder: true);
        (await Due(Providers.Acs)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instant_message_is_claimed_for_another_provider_when_the_latest_did_not_take_it()
    {
        var (shipment, id) = await Instant();
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New));

        (await Again(shipment))!.Value.ShouldBe((id, 2, Providers.LinkCommon));

        await Settle(new SettledAttempt(id, 2, AttemptOutcome.Unknown, NotificationState.Sending));
        (await Again(shipment)).ShouldBeNull();
    }

    [Fact]
    public async Task A_failure_that_the_earlier_provider_reports_is_kept_and_says_nothing_and_a_delivery_does()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await ClaimAt(Providers.Acs, elsewhereFirst: false, id);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New, NextAttemptAt: Now));
        await ClaimAt(Providers.Smtp, elsewhereFirst: false, id);
        await Settle(new SettledAttempt(id, 2, AttemptOutcome.Accepted, NotificationState.Succeeded));

        await Apply(new ReceivedReport(Providers.Acs, Channel.Email, "late", id.ToString(), "Bounced", NotificationState.Failed_Bounced));
        (await Stored(id)).State.ShouldBe(NotificationState.Succeeded);
        await Apply(new ReceivedReport(Providers.Smtp, Channel.Email, "true", id.ToString(), "5.1.1", NotificationState.Failed_Bounced));
        (await Stored(id)).State.ShouldBe(NotificationState.Failed_Bounced);
        await Apply(new ReceivedReport(Providers.Acs, Channel.Email, "later", id.ToString(), "Delivered", NotificationState.Delivered));
        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
    }

    [Fact]
    public async Task Duplicates_that_were_prevented_are_counted_by_what_prevented_them()
    {
        var duplicates = new CountDuplicates(Database, new StandingClock());
        var ids = await Notifications(Channel.Email, 2);
        await ClaimAt(Providers.Acs, elsewhereFirst: false, ids[0]);
        await duplicates.Unclaimed(ids, CancellationToken.None);
        await duplicates.Unclaimed(ids, CancellationToken.None);

        await Settle(new SettledAttempt(ids[0], 1, AttemptOutcome.Unknown, NotificationState.New, NextAttemptAt: Now));
        await ClaimAt(Providers.Acs, elsewhereFirst: false, ids[0]);
        var accepted = new SettledAttempt(ids[0], 2, AttemptOutcome.Accepted, NotificationState.Sending);
        await Settle(accepted);
        await duplicates.Settled([accepted, new SettledAttempt(ids[1], 1, AttemptOutcome.Unknown, NotificationState.Sending)], CancellationToken.None);

        (await duplicates.Since(DateOnly.FromDateTime(Now.UtcDateTime), CancellationToken.None)).Select(p => (p.Kind, p.Count))
            .ShouldBe([(DuplicateKind.CallRepeated, 1), (DuplicateKind.ClaimTaken, 2), (DuplicateKind.UnknownNotRepeated, 1)]);
    }

    private Task<IReadOnlyList<ClaimedNotification>> ClaimAt(string provider, bool elsewhereFirst, params Guid[] ids) =>
        new ClaimNotifications(Database, new StandingClock()).Claim(Channel.Email, provider, ids, CancellationToken.None, elsewhereFirst: elsewhereFirst);

    private async Task<Guid[]> Due(string providers) => [.. (await Committed(transaction =>
        Reconcile.DueForHandOff(transaction, Channel.Email, providers.Split(' '), Reconcile.BatchSize, Now.AddMinutes(1), CancellationToken.None))).Select(n => n.Id)];

    private async Task<(Guid Shipment, Guid Notification)> Instant()
    {
        var (shipment, id) = (await Shipment(), Guid.NewGuid());
        await Run(InstantHandOffs.FirstClaim(shipment, new ClaimedNotification(
            id, 1, "address", RecipientName: null, RecipientNumber: null, Now.AddMinutes(15), Sender: null, "subject", "body", EmailContentType.Plain) { Channel = Channel.Sms, Provider = Providers.Link }, Now));
        return (shipment, id);
    }

    private Task<(Guid Id, int Attempt, string Provider)?> Again(Guid shipment) =>
        new InstantHandOffs(Database, new StandingClock()).ClaimAgain(shipment, [Providers.Link, Providers.LinkCommon], Now.AddMinutes(15), CancellationToken.None);
}
