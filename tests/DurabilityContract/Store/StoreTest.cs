using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Durability;
using Notifications.Store;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>A migrated database of its own for every test, and what the sagas and hosts would have written into it.</summary>
[Collection(StoreServers.Name)]
public abstract class StoreTest(ContractServers servers) : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    protected ContractServers Servers { get; } = servers;
    protected NpgsqlDataSource Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = NpgsqlDataSource.Create(await Servers.CreateMigrated(async connection =>
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var context = Context(database);
        await context.Database.MigrateAsync();
    }));

    public async Task DisposeAsync() => await Database.DisposeAsync();

    private protected static NotificationsDbContext Context(NpgsqlDataSource database) =>
        new(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(database).Options);

    private protected async Task<Guid[]> Notifications(Channel channel, int count, Guid? shipment = null)
    {
        var shipmentId = shipment ?? await Shipment();
        var planned = Enumerable.Range(0, count)
            .Select(i => new PlannedNotification(NewId.NextGuid(), channel, $"address-{i}", RecipientName: null, NotificationState.New, new OrderedRecipient())).ToArray();
        foreach (var statement in PlanNotifications.Insert(shipmentId, planned, Now, _ => new HandOffTime(Now.AddHours(48), Now.AddSeconds(30))))
            await Run(statement);
        return [.. planned.Select(p => p.Id)];
    }

    /// <param name="recipients">Whom it is for, as JSON.</param>
    /// <param name="state">Where its saga stands; without one there is no saga.</param>
    private protected async Task<Guid> Shipment(string recipients = "[]", string? state = null, string creator = "ttd")
    {
        var id = NewId.NextGuid();
        await Run(new Statement(
            """
            INSERT INTO shipments (id, order_id, ordinal, type, creator, created_at, requested_send_time, recipients, channel_schema,
                ignore_reservation, use_stale_contact_information, email_subject, email_body, sms_body)
            VALUES ($1, $1, 0, 'Notification', $4, $2, $2, $3::jsonb, 'EmailAndSms', false, false, 'subject', 'body', 'body')
            """, id, Now, recipients, creator));
        if (state is not null)
            await Run(new Statement("INSERT INTO order_state (correlation_id, version, current_state, state_since, send_time, resolve_tries) VALUES ($1, 1, $2, $3, $3, 0)", id, state, Now));
        return id;
    }

    private protected Task<IReadOnlyList<ClaimedNotification>> Claim(Channel channel, params Guid[] ids) =>
        new ClaimNotifications(Database, new StandingClock()).Claim(channel, channel == Channel.Email ? "acs" : "link", ids, CancellationToken.None);

    private protected async Task<IReadOnlyList<Guid>> Settle(params SettledAttempt[] settled) =>
        Ended(await Committed(transaction => SettleAttempts.Settle(transaction, settled, Now, CancellationToken.None)));

    private protected async Task<IReadOnlyList<Guid>> Apply(params ReceivedReport[] reports) =>
        Ended(await Committed(transaction => ApplyReports.Apply(transaction, reports, Now, CancellationToken.None)));

    private protected static IReadOnlyList<Guid> Ended(IReadOnlyList<ShipmentNews> news) => [.. news.Where(n => n.IsSettled).Select(n => n.Id)];

    private protected async Task<T> Committed<T>(Func<NpgsqlTransaction, Task<T>> step)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await step(transaction);
        await transaction.CommitAsync();
        return result;
    }

    private protected async Task<Notification> Stored(Guid id)
    {
        await using var context = Context(Database);
        return await context.Notifications.AsNoTracking().SingleAsync(n => n.Id == id);
    }

    private protected async Task<AttemptOutcome[]> Ledger(Guid id)
    {
        await using var context = Context(Database);
        return await context.Attempts.AsNoTracking().Where(a => a.NotificationId == id).OrderBy(a => a.Number).Select(a => a.Outcome).ToArrayAsync();
    }

    private protected async Task Run(Statement statement, NpgsqlConnection? within = null)
    {
        await using var own = within is null ? await Database.OpenConnectionAsync() : null;
        await using var command = new NpgsqlCommand(statement.Text, within ?? own);
        foreach (var value in statement.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync();
    }

    private protected sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
