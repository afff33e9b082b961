using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class ExpiryTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly DateTimeOffset Expiry = Now.AddHours(48);

    /// <summary>The states in which a notification may be forgotten: nobody took it, nobody knows, or nobody reported.</summary>
    public static TheoryData<Channel, AttemptOutcome?, NotificationState> Ways() => new()
    {
        { Channel.Email, null, NotificationState.New },
        { Channel.Sms, null, NotificationState.New },
        { Channel.Email, AttemptOutcome.Claimed, NotificationState.Sending },
        { Channel.Sms, AttemptOutcome.Claimed, NotificationState.Sending },
        { Channel.Email, AttemptOutcome.Deferred, NotificationState.New },
        { Channel.Sms, AttemptOutcome.Deferred, NotificationState.New },
        { Channel.Sms, AttemptOutcome.Unknown, NotificationState.Sending },
        { Channel.Email, AttemptOutcome.Accepted, NotificationState.Sending },
        { Channel.Email, AttemptOutcome.Accepted, NotificationState.Succeeded },
        { Channel.Sms, AttemptOutcome.Accepted, NotificationState.Accepted },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whatever_it_waits_for_a_notification_is_final_at_its_expiry_and_not_before(Channel channel, AttemptOutcome? outcome, NotificationState state)
    {
        var shipment = await Shipment();
        var id = await Left(shipment, channel, outcome, state);

        (await ExpireAt(Expiry.AddTicks(-10))).ShouldBeEmpty();
        (await Stored(id)).State.ShouldBe(state);
        (await ExpireAt(Expiry)).ShouldBe([new ShipmentNews(shipment, IsSettled: true)]);
        (await Stored(id)).State.ShouldBe(NotificationState.Failed_TTL);
        (await ExpireAt(Expiry)).ShouldBeEmpty();
        (await Claim(channel, id)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task After_its_expiry_only_a_delivery_changes_it(Channel channel, AttemptOutcome? outcome, NotificationState state)
    {
        var id = await Left(await Shipment(), channel, outcome, state);
        await ExpireAt(Expiry);

        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Accepted, channel == Channel.Sms ? NotificationState.Accepted : NotificationState.Succeeded, channel == Channel.Sms ? "ref" : null));
        (await Stored(id)).State.ShouldBe(NotificationState.Failed_TTL);
        await Apply(channel == Channel.Email
            ? new ReceivedReport("acs", channel, "late", id.ToString(), "Delivered", NotificationState.Delivered)
            : new ReceivedReport("link", channel, "late", "ref", "DELIVRD", NotificationState.Delivered));
        (await Stored(id)).State.ShouldBe(NotificationState.Delivered);
    }

    [Fact]
    public async Task Those_that_are_final_or_have_time_left_stay_as_they_are_and_keep_their_shipment_open()
    {
        var shipment = await Shipment();
        var ids = await Notifications(Channel.Email, 3, shipment);
        await Claim(Channel.Email, ids[0]);
        await Settle(new SettledAttempt(ids[0], 1, AttemptOutcome.Refused, NotificationState.Failed));
        await Run(new Notifications.Durability.Statement("UPDATE notifications SET expires_at = $2 WHERE id = $1", ids[1], Expiry.AddHours(1)));

        (await ExpireAt(Expiry)).ShouldBeEmpty();

        (await Task.WhenAll(ids.Select(Stored))).Select(n => n.State).ShouldBe([NotificationState.Failed, NotificationState.New, NotificationState.Failed_TTL]);
    }

    private async Task<Guid> Left(Guid shipment, Channel channel, AttemptOutcome? outcome, NotificationState state)
    {
        var id = (await Notifications(channel, 1, shipment))[0];
        if (outcome is not null)
            await Claim(channel, id);
        if (outcome is not null and not AttemptOutcome.Claimed)
            await Settle(new SettledAttempt(id, 1, outcome.Value, state, outcome == AttemptOutcome.Accepted && channel == Channel.Sms ? "ref" : null, NextAttemptAt: state == NotificationState.New ? Now : null));
        (await Stored(id)).State.ShouldBe(state);
        return id;
    }

    private Task<IReadOnlyList<ShipmentNews>> ExpireAt(DateTimeOffset now) => Committed(transaction => Reconcile.Expire(transaction, now, CancellationToken.None));
}
