using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class BadAddressTests(ContractServers servers) : StoreTest(servers)
{
    [Theory]
    [InlineData(NotificationState.Failed_Bounced, true)]
    [InlineData(NotificationState.Failed_SuppressedRecipient, true)]
    [InlineData(NotificationState.Failed_Quarantined, false)]
    [InlineData(NotificationState.Failed, false)]
    [InlineData(NotificationState.Delivered, false)]
    public async Task The_next_message_to_an_address_knows_what_was_reported_about_it(NotificationState state, bool isBad)
    {
        await Report(await Email("ola@example.no"), state);

        (await Claimed(await Email("OLA@example.no"), Now.AddHours(23))).AddressIsBad.ShouldBe(isBad ? state : null);
    }

    [Fact]
    public async Task Other_creators_and_other_addresses_are_not_concerned()
    {
        await Report(await Email("ola@example.no"), NotificationState.Failed_Bounced);

        (await Claimed(await Email("kari@example.no"), Now)).AddressIsBad.ShouldBeNull();
        (await Claimed(await Email("ola@example.no", "skd"), Now)).AddressIsBad.ShouldBeNull();
    }

    [Fact]
    public async Task An_address_is_bad_for_longer_each_time_it_is_found_out_anew_and_not_by_repeated_reports()
    {
        var now = Now;
        var days = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var id = await Email("ola@example.no");
            for (var copy = 0; copy < 3; copy++)
                await Report(id, NotificationState.Failed_Bounced, now);
            var bad = (await new BadAddresses(Database, new ClockAt(now)).Of("ttd", 10, CancellationToken.None)).Single();
            days.Add((bad.Until - now).TotalDays);
            now = bad.Until;
        }

        days.ShouldBe([1, 2, 4, 8, 14, 14]);
    }

    [Theory]
    [InlineData("bounced@simulator.test")]
    [InlineData("Bounced+1@Simulator.Test")]
    public async Task What_is_for_trying_things_out_is_never_remembered(string address)
    {
        await Report(await Email(address), NotificationState.Failed_Bounced);

        (await new BadAddresses(Database, new StandingClock()).Of("ttd", 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_can_be_taken_off_by_its_creator()
    {
        await Report(await Email("ola@example.no"), NotificationState.Failed_Bounced);
        var addresses = new BadAddresses(Database, new StandingClock());

        (await addresses.Forget("skd", Channel.Email, "ola@example.no", CancellationToken.None)).ShouldBeFalse();
        (await addresses.Forget("ttd", Channel.Email, "Ola@Example.no", CancellationToken.None)).ShouldBeTrue();

        (await Claimed(await Email("ola@example.no"), Now)).AddressIsBad.ShouldBeNull();
    }

    private async Task<Guid> Email(string address, string creator = "ttd")
    {
        var id = (await Notifications(Channel.Email, 1, await Shipment(creator: creator)))[0];
        await Run(new Statement("UPDATE notifications SET address = $2, expires_at = $3 WHERE id = $1", id, address, Now.AddYears(1)));
        return id;
    }

    private Task<IReadOnlyList<ShipmentNews>> Report(Guid id, NotificationState state, DateTimeOffset? now = null) => Committed(transaction =>
        ApplyReports.Apply(transaction, [new ReceivedReport(Providers.Acs, Channel.Email, $"{id} {Guid.NewGuid()}", id.ToString(), $"{state}", state)], now ?? Now, CancellationToken.None));

    private async Task<ClaimedNotification> Claimed(Guid id, DateTimeOffset now) =>
        (await new ClaimNotifications(Database, new ClockAt(now)).Claim(Channel.Email, Providers.Acs, [id], CancellationToken.None)).Single();

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
