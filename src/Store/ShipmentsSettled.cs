using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Finds the shipments that a set-based update brought to their end, or to where another channel may help. Two transactions that each make
/// one of the last two notifications final would both see the other one open; so the shipments are locked first, in the order of their ids,
/// and looked at last.
/// </summary>
internal static class ShipmentsSettled
{
    public const string Updated = "SELECT shipment_id, fallback, progress FROM notifications";

    /// <summary>One by one, in the order of their ids: PostgreSQL is not to read all shipments for some.</summary>
    public static NpgsqlBatchCommand Lock(string shipmentIds, object[] parameters) => Sql.Command(
        $"""
        SELECT FROM (SELECT DISTINCT id FROM ({shipmentIds}) AS named (id) ORDER BY id) AS touched
        CROSS JOIN LATERAL (SELECT FROM shipments WHERE id = touched.id FOR NO KEY UPDATE) AS locked
        """, parameters);

    /// <summary>
    /// That all notifications of one shipment are final. PostgreSQL is to look at that shipment's: the OFFSET keeps it from answering for every
    /// shipment at once, and the sum from going by the index of all that are open, as it does where its statistics are of a time when few were.
    /// </summary>
    public static string IsSettled(string shipmentId) =>
        $"NOT EXISTS (SELECT FROM notifications n WHERE n.shipment_id = {shipmentId} AND n.progress + 0 < {Progress.Final} OFFSET 0)";

    /// <param name="notifications">Which were updated: a query of <see cref="Updated"/>.</param>
    /// <param name="parameters">The query's.</param>
    public static NpgsqlBatchCommand Select(string notifications, object[] parameters) => Sql.Command(
        $"""
        SELECT shipment_id, is_settled FROM (
            SELECT t.shipment_id, t.has_failed, {IsSettled("t.shipment_id")} AS is_settled
            FROM (
                SELECT shipment_id, bool_or(fallback IS NOT NULL AND progress = {Progress.Failed}) AS has_failed
                FROM ({notifications}) AS updated GROUP BY shipment_id) AS t) AS s
        WHERE is_settled OR has_failed
        """, parameters);

    /// <summary>Runs the batch, whose last command is <see cref="Select"/>.</summary>
    public static async Task<IReadOnlyList<ShipmentNews>> Read(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var news = new List<ShipmentNews>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            news.Clear();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.FieldCount == 2)
                    news.Add(new ShipmentNews(reader.GetGuid(0), reader.GetBoolean(1)));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
        return news;
    }
}
