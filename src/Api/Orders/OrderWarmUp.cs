using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Health;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Orders;

/// <summary>Takes an order as far as the commit, which is made to fail, so that nothing of it stays; and tells the sagas of a shipment that nobody ordered.</summary>
internal sealed class OrderWarmUp(
    OrderIntake orders, ReadShipments shipments, IUnitOfWorkFactory work, TimeProvider clock) : IWarmUp
{
    private const int Rounds = 20;

    private static ReadOnlySpan<byte> Sample =>
        """
        {"idempotencyId":"warm-up","recipient":{"recipientPerson":{"nationalIdentityNumber":"00000000000","channelSchema":"EmailAndSms",
        "emailSettings":{"subject":"s","body":"b"},"smsSettings":{"body":"b"}}},"reminders":[{"delayDays":1,
        "recipient":{"recipientEmail":{"emailAddress":"nobody@example.com","emailSettings":{"subject":"s","body":"b"}}}}]}
        """u8;

    public async Task Warm(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Rounds).Select(_ => Order(cancellationToken)));
        for (var round = 0; round < Rounds; round++)
        {
            var telling = work.Begin();
            await telling.Publish(new ShipmentDue(Guid.Empty), cancellationToken);
            await telling.Commit(cancellationToken);
        }
    }

    private async Task Order(CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize<OrderRequest>(Sample, WireJson.Options)!;
        await orders.Prepare(request, "", cancellationToken);
        await shipments.Accepted("", OrderKind.Notification, request.IdempotencyId, cancellationToken);
        await shipments.Shipment("", Guid.Empty, cancellationToken);

        var failing = work.Begin();
        failing.Enlist(new Statement("SELECT 1 / 0"));
        try
        {
            await OrderIntake.Accept(request, "", stale: false, Fingerprint.Of(request, WireJson.Options), failing, clock.GetUtcNow());
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            // As meant.
        }
    }
}
