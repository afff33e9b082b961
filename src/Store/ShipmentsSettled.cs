using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Finds the shipments that a set-based update brought to their end. Two transactions that each make one of the last two notifications
/// final would both see the other one open; so the shipments are locked first, in the order of their ids, and looked at last.
/// </summary>
internal static class ShipmentsSettled
{
    public static NpgsqlBatchCommand Lock(string shipmentIds, object[] parameters) => With(
        $"SELECT FROM shipments WHERE id IN ({shipmentIds}) ORDER BY id FOR NO KEY UPDATE", parameters);

    public static NpgsqlBatchCommand Select(string shipmentIds, object[] parameters) => With(
        $"""
        SELECT t.shipment_id FROM (SELECT DISTINCT shipment_id FROM ({shipmentIds}) AS ids) AS t
        WHERE NOT EXISTS (SELECT FROM notifications n WHERE n.shipment_id = t.shipment_id AND n.progress < {Progress.Final})
        """, parameters);

    /// <summary>Runs the batch, whose last command is <see cref="Select"/>.</summary>
    public static async Task<IReadOnlyList<Guid>> Read(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var settled = new List<Guid>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            settled.Clear();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.FieldCount == 1)
                    settled.Add(reader.GetGuid(0));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
        return settled;
    }

    public static NpgsqlBatchCommand With(string sql, object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
