using System.Runtime.CompilerServices;
using Npgsql;

namespace Notifications.Store;

/// <summary>
/// What became of notifications in a stretch of time, by the moment at which their shipments became final; so that each counts once, whenever
/// it is asked. Rows come as they are read, however many there are.
/// </summary>
public sealed class ReadMetrics(NpgsqlDataSource database)
{
    private const int PatienceInSeconds = 300;

    public async IAsyncEnumerable<FinishedNotification> Finished(Channel channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Patient(
            """
            SELECT n.id, s.senders_reference, s.requested_send_time, s.creator, s.resource_id, n.state,
                -- E-mail goes by its own id at the provider.
                coalesce(n.provider_reference, CASE WHEN n.channel = 'Email' AND n.attempts > 0 THEN n.id::text END), n.address,
                coalesce(s.texts -> 'sms' ->> n.language, s.sms_body, ''), n.recipient_name, n.organization_number, n.resource_name
            FROM status_feed f JOIN shipments s ON s.id = f.shipment_id JOIN notifications n ON n.shipment_id = f.shipment_id
            WHERE f.created_at >= $1 AND f.created_at < $2 AND n.channel = $3 AND n.progress >= $4
            """, from, to, channel.ToString(), Progress.Final);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            yield return new FinishedNotification(
                row.GetGuid(0), row.Text(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.Text(4), Enum.Parse<NotificationState>(row.GetString(5)), row.Text(6),
                row.GetString(7), new PersonalText(row.GetString(8), row.Text(9), row.Text(10), row.Text(11)));
        }
    }

    /// <summary>Those whose text may be of another length are counted apart.</summary>
    public async IAsyncEnumerable<FinishedCount> Counts(DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Patient(
            """
            SELECT creator, channel, is_delivered, count(*), template, recipient_name, organization_number, resource_name
            FROM (
                SELECT s.creator, n.channel, n.progress = $3 AS is_delivered, CASE n.channel WHEN 'Sms' THEN coalesce(s.texts -> 'sms' ->> n.language, s.sms_body, '') ELSE '' END AS template,
                    CASE WHEN p.is_personal THEN n.recipient_name END AS recipient_name,
                    CASE WHEN p.is_personal THEN n.organization_number END AS organization_number,
                    CASE WHEN p.is_personal THEN n.resource_name END AS resource_name
                FROM status_feed f JOIN shipments s ON s.id = f.shipment_id JOIN notifications n ON n.shipment_id = f.shipment_id
                CROSS JOIN LATERAL (SELECT n.channel = 'Sms' AND coalesce(s.texts -> 'sms' ->> n.language, s.sms_body) LIKE '%$%' AS is_personal) p
                WHERE f.created_at >= $1 AND f.created_at < $2 AND n.progress >= $4) AS finished
            GROUP BY creator, channel, is_delivered, template, recipient_name, organization_number, resource_name
            """, from, to, Progress.Delivered, Progress.Final);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            yield return new FinishedCount(
                row.GetString(0), Channel.Named(row.GetString(1)), row.GetBoolean(2), row.GetInt64(3), new PersonalText(row.GetString(4), row.Text(5), row.Text(6), row.Text(7)));
        }
    }

    /// <summary>How many orders were accepted, by their creators.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Orders(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = Patient("SELECT creator, count(*) FROM orders WHERE created_at >= $1 AND created_at < $2 GROUP BY creator", from, to);
        var orders = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            orders[row.GetString(0)] = row.GetInt64(1);
        return orders;
    }

    private NpgsqlCommand Patient(string sql, params ReadOnlySpan<object?> values)
    {
        var command = database.Command(sql, values);
        command.CommandTimeout = PatienceInSeconds;
        return command;
    }
}
