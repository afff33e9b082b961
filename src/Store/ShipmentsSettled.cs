using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Finds the shipments that a set-based update brought to their end. Two transactions that each make one of the last two notifications
/// final would both see the other one open; so the shipments are locked first, in the order of their ids, and looked at last.
/// </summary>
internal static class ShipmentsSettled
{
    public static NpgsqlBatchCommand Lock(string shipmentIds, object parameter, params object[] more) => With(
        $"SELECT FROM shipments WHERE id IN ({shipmentIds}) ORDER BY id FOR NO KEY UPDATE", parameter, more);

    public static NpgsqlBatchCommand Select(string shipmentIds, object parameter, params object[] more) => With(
        $"""
        SELECT t.shipment_id FROM (SELECT DISTINCT shipment_id FROM ({shipmentIds}) AS ids) AS t
        WHERE NOT EXISTS (SELECT FROM notifications n WHERE n.shipment_id = t.shipment_id AND n.progress < {Progress.Final})
        """, parameter, more);

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

    private static NpgsqlBatchCommand With(string sql, object parameter, object[] more)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = parameter });
        foreach (var value in more)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
