using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class RecipientTests(ContractServers servers) : StoreTest(servers)
{
    [Fact]
    public async Task What_was_found_is_read_in_parts_with_the_contacts_of_each_recipient()
    {
        var shipment = await Shipment(recipients: 3);
        await Store(shipment, Found(shipment, 0, 0, "a@example.no"), Found(shipment, 1, 0), Found(shipment, 1, 1, "b@example.no", "B@example.no"), Found(shipment, 2, 0, "c@example.no"));

        var first = await Read(shipment, from: 0, count: 2);
        first.HasMore.ShouldBeTrue();
        first.Recipients.Select(r => (r.Ordinal, r.Contact, string.Join(' ', r.Emails))).ShouldBe([(0, 0, "a@example.no"), (1, 0, ""), (1, 1, "b@example.no B@example.no")]);
        var second = await Read(shipment, from: 2, count: 2);
        second.HasMore.ShouldBeFalse();
        second.Recipients.Select(r => r.Ordinal).ShouldBe([2]);
    }

    [Fact]
    public async Task A_later_finding_replaces_an_earlier_one()
    {
        var shipment = await Shipment(recipients: 1);
        await Store(shipment, Found(shipment, 0, 0, "a@example.no"));
        await Store(shipment, Found(shipment, 0, 0, "b@example.no"));

        (await Read(shipment, 0, 10)).Recipients.ShouldHaveSingleItem().Emails.ShouldBe(["b@example.no"]);
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_shipment_that_has_gone_on()
    {
        var shipment = await Shipment(recipients: 1, state: "Sending");
        await Store(shipment, Found(shipment, 0, 0, "a@example.no"));

        (await Read(shipment, 0, 10)).Recipients.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_are_stored_in_statements_that_each_end_soon()
    {
        const int Many = 2500;
        var shipment = await Shipment(recipients: Many);
        var statements = StoreRecipients.Statements(shipment, [.. Enumerable.Range(0, Many).Select(i => Found(shipment, i, 0, $"{i}@example.no"))]).ToArray();
        foreach (var statement in statements)
            await Run(statement);

        statements.Length.ShouldBe(3);
        (await Read(shipment, 2000, 1000)).Recipients.Count.ShouldBe(500);
    }

    [Fact]
    public async Task A_later_part_leaves_out_what_an_earlier_one_sends_to_the_same_address()
    {
        var shipment = await Shipment();
        await Plan(shipment, isFirst: true, Planned(Channel.Email, "ola@example.no"), Planned(Channel.Sms, "+4799999999"), Planned(Channel.Email, "kari@example.no", name: "Kari"));
        await Plan(shipment, isFirst: false,
            Planned(Channel.Email, "OLA@example.no"), Planned(Channel.Sms, "0047 999 99 999"),
            Planned(Channel.Email, "kari@example.no", name: "Nils"), Planned(Channel.Email, "+4799999999"), Planned(Channel.Email, "ny@example.no"));

        (await Addresses(shipment)).ShouldBe(["+4799999999", "+4799999999", "kari@example.no", "kari@example.no", "ny@example.no", "ola@example.no"], ignoreOrder: true);
    }

    [Fact]
    public async Task Parts_of_two_shipments_in_one_statement_leave_out_each_its_own()
    {
        var (one, another) = (await Shipment(), await Shipment());
        await Plan(one, isFirst: true, Planned(Channel.Email, "ola@example.no"));
        await Plan(another, isFirst: true, Planned(Channel.Email, "kari@example.no"));

        await Run(Joined(
            Later(one, Planned(Channel.Email, "ola@example.no"), Planned(Channel.Email, "kari@example.no")),
            Later(another, Planned(Channel.Email, "kari@example.no"), Planned(Channel.Email, "nils@example.no"))));

        (await Addresses(one)).ShouldBe(["kari@example.no", "ola@example.no"], ignoreOrder: true);
        (await Addresses(another)).ShouldBe(["kari@example.no", "nils@example.no"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_found_twice_in_one_commit_is_kept_once()
    {
        var shipment = await Shipment(recipients: 1);
        await Run(Joined(
            StoreRecipients.Statements(shipment, [Found(shipment, 0, 0, "a@example.no")]).Single(),
            StoreRecipients.Statements(shipment, [Found(shipment, 0, 0, "a@example.no")]).Single()));

        (await Read(shipment, 0, 10)).Recipients.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_who_cannot_be_reached_is_recorded_in_every_part()
    {
        var shipment = await Shipment();
        await Plan(shipment, isFirst: true, Planned(Channel.Email, ""));
        await Plan(shipment, isFirst: false, Planned(Channel.Email, ""), Planned(Channel.Email, ""));

        (await Addresses(shipment)).ShouldBe(["", "", ""]);
    }

    [Fact]
    public async Task What_was_found_is_forgotten_with_the_last_part()
    {
        var shipment = await Shipment(recipients: 1);
        await Store(shipment, Found(shipment, 0, 0, "a@example.no"));
        await Plan(shipment, isFirst: true, isLast: false, Planned(Channel.Email, "a@example.no"));
        (await Read(shipment, 0, 10)).Recipients.Count.ShouldBe(1);

        await Plan(shipment, isFirst: false, Planned(Channel.Email, "b@example.no"));
        (await Read(shipment, 0, 10)).Recipients.ShouldBeEmpty();
    }

    private Task<Guid> Shipment(int recipients, string state = "ResolvingRecipients") =>
        Shipment(OrderedRecipient.ToJson(Enumerable.Range(0, recipients).Select(i => new OrderedRecipient { NationalIdentityNumber = $"{i:00000000000}" })), state);

    private async Task Store(Guid shipment, params ResolvedRecipient[] found)
    {
        foreach (var statement in StoreRecipients.Statements(shipment, found))
            await Run(statement);
    }

    private async Task<FoundRecipients> Read(Guid shipment, int from, int count) =>
        (await new ReadRecipients(Database).Found(shipment, from, count, CancellationToken.None)).ShouldNotBeNull();

    private Task Plan(Guid shipment, bool isFirst, params PlannedNotification[] planned) => Plan(shipment, isFirst, isLast: true, planned);

    private async Task Plan(Guid shipment, bool isFirst, bool isLast, params PlannedNotification[] planned)
    {
        foreach (var statement in PlanNotifications.Insert(shipment, planned, Now, _ => new HandOffTime(Now.AddHours(48), Now.AddSeconds(30)), isFirst, isLast))
            await Run(statement);
    }

    private static Statement Later(Guid shipment, params PlannedNotification[] planned) =>
        PlanNotifications.Insert(shipment, planned, Now, _ => new HandOffTime(Now.AddHours(48), Now.AddSeconds(30)), isFirst: false, isLast: false).Single();

    /// <summary>As the rows of both are written when they are committed together.</summary>
    private static Statement Joined(Statement one, Statement another)
    {
        another.Text.ShouldBe(one.Text);
        return new(one.Text, [.. one.Values.Zip(another.Values, (a, b) => Both((Array)a!, (Array)b!))]);
    }

    private static Array Both(Array one, Array another)
    {
        var both = Array.CreateInstance(one.GetType().GetElementType()!, one.Length + another.Length);
        one.CopyTo(both, 0);
        another.CopyTo(both, one.Length);
        return both;
    }

    private static PlannedNotification Planned(Channel channel, string address, string? name = null) => new(
        Guid.NewGuid(), channel, address, name, address.Length > 0 ? NotificationState.New : NotificationState.Failed_RecipientNotIdentified, new OrderedRecipient());

    private static ResolvedRecipient Found(Guid shipment, int ordinal, int contact, params string[] emails) =>
        new() { ShipmentId = shipment, Ordinal = ordinal, Contact = contact, IsReserved = false, Emails = emails, Mobiles = [] };

    private async Task<IReadOnlyList<string>> Addresses(Guid shipment)
    {
        await using var command = Database.CreateCommand("SELECT address FROM notifications WHERE shipment_id = $1");
        command.Parameters.Add(new() { Value = shipment });
        await using var row = await command.ExecuteReaderAsync();
        var addresses = new List<string>();
        while (await row.ReadAsync())
            addresses.Add(row.GetString(0));
        return addresses;
    }
}
