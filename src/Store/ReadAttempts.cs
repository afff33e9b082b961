using Npgsql;

namespace Notifications.Store;

/// <summary>Everything that went on between a provider and us about one notification.</summary>
public sealed record NotificationEvidence(
    Guid Id, Channel Channel, string Address, NotificationState State, List<Attempt> Attempts, List<DeliveryReport> Reports);

/// <summary>The attempt ledger and the delivery reports, as evidence.</summary>
public sealed class ReadAttempts(NpgsqlDataSource database)
{
    /// <summary>The notifications of a shipment after one of them, in the order of their ids; null when there is no such shipment.</summary>
    /// <param name="creator">Whose shipment it is to be; null for anybody's.</param>
    public async Task<IReadOnlyList<NotificationEvidence>?> Of(Guid shipmentId, string? creator, Guid after, int count, CancellationToken cancellationToken)
    {
        const string page = "SELECT id FROM notifications WHERE shipment_id = $1 AND id > $2 ORDER BY id LIMIT $3";
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command("SELECT FROM shipments WHERE id = $1 AND creator = coalesce($2::text, creator)", [shipmentId, creator]));
        batch.BatchCommands.Add(Sql.Command($"SELECT id, channel, address, state FROM notifications WHERE id IN ({page}) ORDER BY id", [shipmentId, after, count]));
        batch.BatchCommands.Add(Sql.Command(
            $"SELECT notification_id, number, provider, claimed_at, settled_at, outcome, provider_answer FROM attempts WHERE notification_id IN ({page}) ORDER BY notification_id, number",
            [shipmentId, after, count]));
        batch.BatchCommands.Add(Sql.Command(
            $"SELECT notification_id, id, provider, report_key, reference, provider_state, state, received_at FROM delivery_reports WHERE notification_id IN ({page}) ORDER BY id",
            [shipmentId, after, count]));

        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;

        var evidence = new Dictionary<Guid, NotificationEvidence>();
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            evidence[row.GetGuid(0)] = new(row.GetGuid(0), Channel.Named(row.GetString(1)), row.GetString(2), Enum.Parse<NotificationState>(row.GetString(3)), [], []);
        // Each statement sees what there is at its own moment: what was planned since the first one is for the next reader.
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            evidence.GetValueOrDefault(row.GetGuid(0))?.Attempts.Add(Attempt(row));
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            evidence.GetValueOrDefault(row.GetGuid(0))?.Reports.Add(Report(row));
        return [.. evidence.Values];
    }

    private static Attempt Attempt(NpgsqlDataReader row) => new()
    {
        NotificationId = row.GetGuid(0),
        Number = row.GetInt32(1),
        Provider = row.GetString(2),
        ClaimedAt = row.GetFieldValue<DateTimeOffset>(3),
        SettledAt = row.Time(4),
        Outcome = Enum.Parse<AttemptOutcome>(row.GetString(5)),
        ProviderAnswer = row.Text(6),
    };

    private static DeliveryReport Report(NpgsqlDataReader row) => new()
    {
        NotificationId = row.GetGuid(0),
        Id = row.GetInt64(1),
        Provider = row.GetString(2),
        ReportKey = row.GetString(3),
        Reference = row.GetString(4),
        ProviderState = row.GetString(5),
        State = row.Text(6) is { } state ? Enum.Parse<NotificationState>(state) : null,
        ReceivedAt = row.GetFieldValue<DateTimeOffset>(7),
    };
}
