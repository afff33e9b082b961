using MassTransit;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class AttachmentTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly Uri Address = new("https://ttd.blob.core.windows.net/a/b.pdf?sig=x");
    private static readonly byte[] Content = [1, 2, 0, 255];

    private AttachmentFiles Files => new(Database);

    [Fact]
    public async Task What_was_fetched_first_is_what_is_sent_and_its_address_is_gone()
    {
        var (shipment, notification) = await Composed();

        await Files.Keep(shipment, 0, Content, CancellationToken.None);
        await Files.Keep(shipment, 0, [9, 9], CancellationToken.None);

        var waiting = await Files.ToFetch(shipment, CancellationToken.None);
        waiting.Select(a => (a.Address, a.Size)).ShouldBe([(null, Content.Length), (Address, 0)]);
        var file = (await Files.Of(notification, CancellationToken.None)).ShouldHaveSingleItem();
        (file.Filename, file.MimeType).ShouldBe(("0.pdf", "application/pdf"));
        file.Content.ShouldBe(Content);
        (await Files.GoodUntil(shipment, CancellationToken.None)).ShouldBe(Now.AddHours(1));
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_shipment_that_does_not_wait_for_it()
    {
        var (shipment, _) = await Composed(state: "Sending");

        (await Files.ToFetch(shipment, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_email_with_files_goes_to_whoever_has_them_and_to_nobody_else()
    {
        var (_, notification) = await Composed();
        var claims = new ClaimNotifications(Database, new StandingClock());

        (await Claim(Channel.Email, notification)).ShouldBeEmpty();
        (await claims.Claim(Channel.Email, "acs", [notification], CancellationToken.None, hasAttachments: true)).ShouldHaveSingleItem().Address.ShouldBe("ola@example.no");
        (await claims.Claim(Channel.Email, "acs", await Notifications(Channel.Email, 1), CancellationToken.None, hasAttachments: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_stands_still_is_driven_to_whoever_has_its_files()
    {
        var (_, composed) = await Composed();
        var plain = (await Notifications(Channel.Email, 1))[0];

        var due = await Committed(transaction => Reconcile.DueForHandOff(transaction, Channel.Email, [Providers.Acs], Reconcile.BatchSize, Now.AddMinutes(1), CancellationToken.None));

        due.Select(d => (d.Id, d.HasAttachments)).ShouldBe([(composed, true), (plain, false)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(NotificationState.Failed_InvalidSasUrl)]
    [InlineData(NotificationState.Failed_PayloadTooLarge)]
    [InlineData(null)]
    public async Task A_file_that_cannot_be_had_fails_its_email_by_its_own_name(NotificationState? failure)
    {
        var (shipment, _) = await Composed();
        if (failure is { } state)
            await Files.Fail(shipment, 1, state, CancellationToken.None);
        var id = NewId.NextGuid();

        await Run(KeepAttachments.Fail(shipment, id, Now));
        await Run(KeepAttachments.Forget(shipment));

        var failed = await Stored(id);
        (failed.State, failed.Progress, failed.Address).ShouldBe((failure ?? NotificationState.Failed, Progress.Failed, "ola@example.no"));
        (await Files.GoodUntil(shipment, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Files_of_what_is_cancelled_are_forgotten()
    {
        var (shipment, _) = await Composed();
        var (other, _) = await Composed();

        await Committed(async transaction =>
        {
            foreach (var statement in CancelShipments.Statements(CancelScope.Shipment(shipment), "Order_Cancelled", Now))
                await Run(statement, transaction.Connection!);
            return true;
        });

        (await Files.GoodUntil(shipment, CancellationToken.None)).ShouldBeNull();
        (await Files.ToFetch(other, CancellationToken.None)).Count.ShouldBe(2);
    }

    private async Task<(Guid Shipment, Guid Notification)> Composed(string state = "FetchingAttachments")
    {
        var (shipment, notification) = (await Shipment("""[{"email":"ola@example.no"}]""", state), NewId.NextGuid());
        await Run(KeepAttachments.Insert(shipment,
        [
            .. Enumerable.Range(0, 2).Select(ordinal => new Attachment
            {
                ShipmentId = shipment, Ordinal = ordinal, Filename = $"{ordinal}.pdf", MimeType = "application/pdf", Address = Address.AbsoluteUri, ExpiresAt = Now.AddHours(1),
            }),
        ]));
        await Run(PlanNotifications.ToOrderedAddress(shipment, notification, Channel.Email, Now, new HandOffTime(Now.AddHours(48), Now.AddSeconds(30)), hasAttachments: true));
        return (shipment, notification);
    }
}
