using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The lines that are written with what they tell, in its transaction.</summary>
public static class KeepHistory
{
    public static Statement Of(Guid shipmentId, DateTimeOffset at, HistoryKind kind, string? state = null, string? reason = null) => new(
        "INSERT INTO shipment_history (shipment_id, at, kind, state, reason) VALUES ($1, $2, $3, $4, $5)", shipmentId, at, kind.ToString(), state, reason);

    /// <summary>A line for each row of <paramref name="rows"/>, which has the columns <c>shipment_id</c>, <c>channel</c> and <c>id</c> of notifications.</summary>
    internal static string OfNotifications(string rows, HistoryKind kind, string at, string state = "NULL", string reason = "NULL") =>
        $"INSERT INTO shipment_history (shipment_id, at, kind, state, channel, notification_id, reason) SELECT shipment_id, {at}, '{kind}', {state}, channel, id, {reason} FROM {rows}";
}
