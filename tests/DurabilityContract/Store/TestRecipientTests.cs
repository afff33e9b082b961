using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>An environment that sends to listed addresses only.</summary>
public sealed class TestRecipientTests(ContractServers servers) : StoreTest(servers)
{
    private const string Creator = "ttd";

    [Theory]
    [InlineData(nameof(Channel.Email), "Ola@Example.no", Providers.Acs)]
    [InlineData(nameof(Channel.Email), "kari@etat.no", Providers.Acs)]
    [InlineData(nameof(Channel.Email), "kari@sub.etat.no", Providers.StandIn)]
    [InlineData(nameof(Channel.Email), "per@example.no", Providers.StandIn)]
    [InlineData(nameof(Channel.Email), "bounced@simulator.test", Providers.StandIn)]
    [InlineData(nameof(Channel.Sms), "0047 99 99 99 99", Providers.Acs)]
    [InlineData(nameof(Channel.Sms), "+4799999998", Providers.StandIn)]
    [InlineData(nameof(Channel.Sms), "+4740000001", Providers.StandIn)]
    public async Task The_ledger_says_whether_a_message_goes_to_somebody_or_to_the_stand_in(string channel, string address, string provider)
    {
        await Recipients.Replace(
            Creator,
            [(Channel.Email, "ola@example.no"), (Channel.Email, "@ETAT.no"), (Channel.Email, "@simulator.test"), (Channel.Sms, "+4799999999"), (Channel.Sms, "+4740000001")],
            CancellationToken.None);

        var id = await To(Channel.Named(channel), address);
        var claimed = (await Claims(onlyListed: true).Claim(Channel.Named(channel), Providers.Acs, [id], CancellationToken.None)).Single();

        claimed.Provider.ShouldBe(provider);
        await using var command = Database.CreateCommand("SELECT provider FROM attempts WHERE notification_id = $1");
        command.Parameters.Add(new() { Value = id });
        (await command.ExecuteScalarAsync()).ShouldBe(provider);
        (await Recipients.IsListed(Creator, Channel.Named(channel), address, CancellationToken.None)).ShouldBe(provider == Providers.Acs);
    }

    [Fact]
    public async Task Everywhere_else_the_list_means_nothing()
    {
        var id = await To(Channel.Email, "per@example.no");

        (await Claims(onlyListed: false).Claim(Channel.Email, Providers.Acs, [id], CancellationToken.None)).Single().Provider.ShouldBe(Providers.Acs);
    }

    [Fact]
    public async Task A_list_is_one_creators_own_and_takes_the_place_of_the_one_before()
    {
        await Recipients.Replace(Creator, [(Channel.Email, "ola@example.no"), (Channel.Email, "OLA@example.no")], CancellationToken.None);
        await Recipients.Replace("skd", [(Channel.Email, "kari@example.no")], CancellationToken.None);
        (await Listed(Creator)).ShouldBe(["OLA@EXAMPLE.NO"]);

        await Recipients.Replace(Creator, [], CancellationToken.None);
        (await Listed(Creator)).ShouldBeEmpty();
        (await Listed("skd")).ShouldBe(["KARI@EXAMPLE.NO"]);
    }

    private TestRecipients Recipients => new(Database);

    private ClaimNotifications Claims(bool onlyListed) => new(Database, new StandingClock(), new TestSending(onlyListed));

    private async Task<IEnumerable<string>> Listed(string creator) => (await Recipients.Of(creator, CancellationToken.None)).Select(r => r.Address);

    private async Task<Guid> To(Channel channel, string address)
    {
        var id = (await Notifications(channel, 1))[0];
        await Run(new Statement("UPDATE notifications SET address = $2 WHERE id = $1", id, address));
        return id;
    }
}
