using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class FindNotificationsTests(ContractServers servers) : StoreTest(servers)
{
    private const string Person = "16069412345";
    private static readonly (DateTimeOffset, Guid) Newest = (Now.AddDays(1), Guid.AllBitsSet);

    private FindNotifications Support => new(Database, TimeProvider.System);

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_and_leave_nothing_out()
    {
        // Several at the very same time, as an owner's batch is.
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await Sent(new OrderedRecipient { NationalIdentityNumber = Person }, Now.AddHours(-(i / 4))));

        var seen = new List<FoundShipment>();
        while (await Find(Person, before: seen.Count == 0 ? Newest : (seen[^1].RequestedSendTime, seen[^1].Id), pageSize: 5) is { Count: > 0 } page)
            seen.AddRange(page);

        seen.Select(s => s.Id).ShouldBe(ids, ignoreOrder: true);
        seen.Select(s => s.RequestedSendTime).ShouldBeInOrder(SortDirection.Descending);
        seen.ShouldAllBe(s => s.Notifications.Count == 2);
    }

    [Fact]
    public async Task Only_what_was_for_the_recipient_is_found_whoever_sent_it()
    {
        var shared = await Sent([new OrderedRecipient { NationalIdentityNumber = Person }, new OrderedRecipient { NationalIdentityNumber = "01010112345" }], Now, "ttd");
        var others = await Sent([new OrderedRecipient { NationalIdentityNumber = Person }], Now, "skd");
        await Sent(new OrderedRecipient { OrganizationNumber = Person[..9] }, Now);
        await Sent(new OrderedRecipient(), Now);

        var found = await Find(Person);
        found.Select(s => (s.Id, s.Creator)).ShouldBe([(shared, "ttd"), (others, "skd")], ignoreOrder: true);
        found.ShouldAllBe(s => s.Notifications.Count == 2);
        (await Find(Person[..9], SupportSubject.Organization)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_older_than_the_period_or_not_before_its_end_is_not_found()
    {
        await Sent(new OrderedRecipient { NationalIdentityNumber = Person }, Now.AddHours(-3));
        var within = await Sent(new OrderedRecipient { NationalIdentityNumber = Person }, Now.AddHours(-2));
        await Sent(new OrderedRecipient { NationalIdentityNumber = Person }, Now.AddHours(-1));

        (await Find(Person, from: Now.AddHours(-2), before: (Now.AddHours(-2), Guid.AllBitsSet))).ShouldHaveSingleItem().Id.ShouldBe(within);
    }

    [Fact]
    public async Task A_bare_addresss_notification_has_its_shipments_time_too()
    {
        var shipment = await Shipment("""[{"email": "ola@example.no"}]""");
        var id = NewId.NextGuid();
        await Run(PlanNotifications.ToOrderedAddress(shipment, id, Channel.Email, Now.AddMinutes(1), new HandOffTime(Now.AddHours(48), Now.AddSeconds(30))));

        (await Stored(id)).RequestedSendTime.ShouldBe(Now);
    }

    [Fact]
    public async Task Who_looked_is_kept()
    {
        var shipment = await Sent(new OrderedRecipient { NationalIdentityNumber = Person }, Now);
        await Support.Keep("client_id=support", SupportSubject.Person, Now.AddDays(-7), Now, await Find(Person), CancellationToken.None);

        await using var context = Context(Database);
        var read = await context.SupportReads.AsNoTracking().SingleAsync();
        (read.Reader, read.Kind, read.PeriodFrom, read.PeriodTo).ShouldBe(("client_id=support", SupportSubject.Person, Now.AddDays(-7), Now));
        read.Shipments.ShouldBe([shipment]);
    }

    private Task<IReadOnlyList<FoundShipment>> Find(
        string number, SupportSubject kind = SupportSubject.Person, DateTimeOffset? from = null, (DateTimeOffset, Guid)? before = null, int pageSize = 500) =>
        Support.Find(kind, number, from ?? Now.AddDays(-7), before ?? Newest, pageSize, CancellationToken.None);

    private Task<Guid> Sent(OrderedRecipient recipient, DateTimeOffset time) => Sent([recipient], time, "ttd");

    private async Task<Guid> Sent(OrderedRecipient[] recipients, DateTimeOffset time, string creator)
    {
        var id = await Shipment(creator: creator);
        await Run(new("UPDATE shipments SET requested_send_time = $2 WHERE id = $1", id, time));
        var planned = recipients.SelectMany(recipient => Channel.Ordered.Select(channel =>
            new PlannedNotification(NewId.NextGuid(), channel, $"address-{channel}", RecipientName: null, NotificationState.New, recipient)));
        foreach (var statement in PlanNotifications.Insert(id, [.. planned], Now, _ => new HandOffTime(Now.AddHours(48), Now.AddSeconds(30))))
            await Run(statement);
        return id;
    }
}
