using Npgsql;

namespace Notifications.Store;

/// <summary>Delivery reports as they were taken in.</summary>
public sealed class ReadReports(NpgsqlDataSource database)
{
    /// <summary>Those about messages that are not known, newest first, from before <paramref name="before"/>.</summary>
    public async Task<IReadOnlyList<DeliveryReport>> Unmatched(long before, int count, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT id, provider, report_key, reference, provider_state, state, received_at FROM delivery_reports
            WHERE notification_id IS NULL AND id < $1 ORDER BY id DESC LIMIT $2
            """, before, count);
        var reports = new List<DeliveryReport>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            reports.Add(new DeliveryReport
            {
                Id = row.GetInt64(0),
                Provider = row.GetString(1),
                ReportKey = row.GetString(2),
                Reference = row.GetString(3),
                ProviderState = row.GetString(4),
                State = row.Text(5) is { } state ? Enum.Parse<NotificationState>(state) : null,
                ReceivedAt = row.GetFieldValue<DateTimeOffset>(6),
            });
        }
        return reports;
    }
}
