using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class ClaimTests(ContractServers servers) : StoreTest(servers)
{
    [Fact]
    public async Task Each_of_many_notifications_goes_to_one_of_two_callers()
    {
        var ids = await Notifications(Channel.Email, 200);

        var claimed = await Task.WhenAll(Claim(Channel.Email, ids), Claim(Channel.Email, [.. ids.Reverse()]), Claim(Channel.Email, ids));

        claimed.SelectMany(c => c).Select(c => c.Id).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task A_claim_stands_in_the_ledger_before_it_is_given()
    {
        var id = (await Notifications(Channel.Email, 1))[0];

        (await Claim(Channel.Email, id)).Single().Attempt.ShouldBe(1);

        (await Ledger(id)).ShouldBe([AttemptOutcome.Claimed]);
    }

    [Fact]
    public async Task A_notification_of_another_channel_is_not_given()
    {
        var id = (await Notifications(Channel.Sms, 1))[0];

        (await Claim(Channel.Email, id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(Channel.Email), NotificationState.New, 1)]
    [InlineData(nameof(Channel.Sms), NotificationState.Sending, 0)]
    public async Task A_claim_that_nobody_settled_puts_an_email_back_and_makes_an_SMS_unknown(string channel, NotificationState state, int claims)
    {
        var id = (await Notifications(Channel.Named(channel), 1))[0];
        await Claim(Channel.Named(channel), id);

        await GiveUp(Now.AddSeconds(1));

        (await Stored(id)).State.ShouldBe(state);
        (await Ledger(id)).ShouldBe([AttemptOutcome.Unknown]);
        (await Claim(Channel.Named(channel), id)).Count.ShouldBe(claims);
    }

    [Fact]
    public async Task A_claim_that_is_still_young_is_left_alone()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await Claim(Channel.Email, id);

        await GiveUp(Now);

        (await Ledger(id)).ShouldBe([AttemptOutcome.Claimed]);
    }

    [Fact]
    public async Task A_settlement_that_comes_after_its_claim_was_given_up_is_still_recorded()
    {
        var id = (await Notifications(Channel.Sms, 1))[0];
        await Claim(Channel.Sms, id);
        await GiveUp(Now.AddSeconds(1));

        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Accepted, NotificationState.Accepted, "ref", "OK"));

        (await Stored(id)).State.ShouldBe(NotificationState.Accepted);
        (await Ledger(id)).ShouldBe([AttemptOutcome.Accepted]);
    }

    [Fact]
    public async Task A_settlement_of_an_earlier_try_does_not_put_back_the_present_one()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await Claim(Channel.Email, id);
        await GiveUp(Now.AddSeconds(1));
        await Claim(Channel.Email, id);

        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Deferred, NotificationState.New, Answer: "503", NextAttemptAt: Now.AddSeconds(1)));

        (await Stored(id)).State.ShouldBe(NotificationState.Sending);
    }

    private Task<int> GiveUp(DateTimeOffset claimedBefore) => Committed(transaction => Reconcile.GiveUpClaims(transaction, [Providers.Acs], claimedBefore, Now, CancellationToken.None));
}
