using System.Text.Json;
using Notifications.Api.Limits;
using Notifications.Api.Wire;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Health;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Orders;

/// <summary>Takes an order as far as the commit, which is made to fail, so that nothing of it stays; and tells the sagas of a shipment that nobody ordered.</summary>
internal sealed class OrderWarmUp(IServiceProvider services, ReadShipments shipments, IUnitOfWorkFactory work) : IWarmUp
{
    private const int Rounds = 20;

    /// <summary>As the host's own, but that nothing is committed and no order counted.</summary>
    private readonly OrderIntake _orders = ActivatorUtilities.CreateInstance<OrderIntake>(
        services, new FailingWork(work), ActivatorUtilities.CreateInstance<DailyQuota>(services, new LimitSettings()));

    private static ReadOnlySpan<byte> Sample =>
        """
        {"idempotencyId":"warm-up","recipient":{"recipientEmail":{"emailAddress":"nobody@example.com","emailSettings":{"subject":"s","body":"b"}}},
        "reminders":[{"delayDays":1,"recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"b"}}}}]}
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
        await shipments.Shipment("", Guid.Empty, cancellationToken);
        try
        {
            await _orders.Take(request, warnings: null, "", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            // As meant.
        }
    }

    private sealed class FailingWork(IUnitOfWorkFactory work) : IUnitOfWorkFactory
    {
        public OutboxUnitOfWork Begin()
        {
            var failing = work.Begin();
            failing.Enlist(new Statement("SELECT 1 / 0"));
            return failing;
        }

        public Task<OutboxTransaction> BeginTransaction(CancellationToken ct = default) => work.BeginTransaction(ct);
    }
}
