using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The lines that are written with what they tell, in its transaction.</summary>
public static class KeepHistory
{
    private static readonly RowStatement Line = RowStatement.Insert("shipment_history", "shipment_id uuid", "at timestamptz", "kind text", "state text", "reason text");

    public static Statement Of(Guid shipmentId, DateTimeOffset at, HistoryKind kind, string? state = null, string? reason = null) =>
        Line.Of(shipmentId, at, kind.ToString(), state, reason);

    /// <summary>A line for each row of <paramref name="rows"/>, which has the columns <c>shipment_id</c>, <c>channel</c> and <c>id</c> of notifications.</summary>
    internal static string OfNotifications(string rows, HistoryKind kind, string at, string state = "NULL", string reason = "NULL") =>
        $"INSERT INTO shipment_history (shipment_id, at, kind, state, channel, notification_id, reason) SELECT shipment_id, {at}, '{kind}', {state}, channel, id, {reason} FROM {rows}";
}
