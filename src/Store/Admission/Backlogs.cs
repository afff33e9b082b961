using Notifications.Durability;
using Npgsql;

namespace Notifications.Store;

/// <summary>
/// The lines of those who have ordered much at once, one for each creator. What waits here is not on the bus, where everything behind it
/// would wait too.
/// </summary>
public sealed class Backlogs(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>An admitted shipment that has not begun by then has lost its start, and is driven again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whoever has more due at once than this is no single message that somebody waits for.</summary>
    private const int Few = 20;

    /// <summary>For so long a shipment may wait here; should it be forgotten, it is driven again then.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>States that a shipment has left when its messages are with the providers, or put off.</summary>
    private const string OnItsWay = "'Scheduled', 'CheckingCondition', 'FetchingAttachments', 'ResolvingRecipients', 'PlanningNotifications'";

    private static readonly RowStatement Line = RowStatement.Insert("backlog", "creator text", "shipment_id uuid");

    /// <summary>Puts a shipment at the end of its creator's line.</summary>
    public static Statement Join(string creator, Guid shipmentId) => Line.Of(creator, shipmentId);

    /// <summary>
    /// Of shipments whose send time has come at once, puts those of creators that have many at the end of their lines. Such a shipment has given
    /// its timer its own id; others, such as those that were moved to another time, are left alone, and so is what is being cancelled.
    /// </summary>
    public static async Task<IReadOnlyCollection<Guid>> TakeOver(NpgsqlTransaction transaction, IReadOnlyCollection<Guid> shipments, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            $"""
            WITH waiting AS (
                SELECT o.correlation_id, o.send_time FROM order_state o
                WHERE o.correlation_id = ANY ($1) AND o.send_time_token_id = o.correlation_id AND o.current_state = 'Scheduled' FOR UPDATE SKIP LOCKED),
            counted AS (
                SELECT s.creator, s.id, w.send_time, count(*) OVER (PARTITION BY s.creator) AS together FROM waiting w JOIN shipments s ON s.id = w.correlation_id),
            joined AS (
                INSERT INTO backlog (creator, shipment_id) SELECT creator, id FROM counted WHERE together > {Few} ORDER BY send_time, id RETURNING shipment_id)
            UPDATE order_state o SET stands_until = $2 FROM joined j WHERE o.correlation_id = j.shipment_id RETURNING o.correlation_id
            """, shipments.ToArray(), now + LongestWait);
        return await command.ReadIds(cancellationToken);
    }

    public async Task<bool> HasAny(CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT EXISTS (SELECT FROM backlog)");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Those of the admitted shipments whose messages could be handed off and are not yet.</summary>
    public async Task<IReadOnlyList<Guid>> OnTheirWay(IReadOnlyList<Guid> admitted, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT o.correlation_id FROM order_state o WHERE o.correlation_id = ANY ($1)
                AND (o.current_state IN ({OnItsWay}) OR EXISTS (SELECT FROM notifications n WHERE n.shipment_id = o.correlation_id AND n.state = 'New' AND n.attempts = 0
                    AND (n.hand_off_from IS NULL OR n.hand_off_from <= $2) AND (n.turn_at IS NULL OR n.turn_at <= $2)))
            """, admitted.ToArray(), clock.GetUtcNow());
        return await command.ReadIds(cancellationToken);
    }

    /// <summary>Takes the heads of all lines, from each as many: together <paramref name="most"/>, and at least one of every creator.</summary>
    public async Task<IReadOnlyList<Guid>> Admit(NpgsqlTransaction transaction, int most, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            $"""
            WITH RECURSIVE {Sql.Creators("backlog WHERE true")},
            heads AS (
                SELECT head.creator, head.id FROM creators c CROSS JOIN LATERAL (
                    SELECT b.creator, b.id FROM backlog b WHERE b.creator = c.creator ORDER BY b.id
                    LIMIT greatest(1, $1 / (SELECT count(creator) FROM creators)) FOR UPDATE SKIP LOCKED) AS head),
            admitted AS (
                DELETE FROM backlog b USING heads h WHERE b.creator = h.creator AND b.id = h.id RETURNING b.shipment_id),
            driven AS (
                UPDATE order_state o SET stands_until = $2 FROM admitted a WHERE o.correlation_id = a.shipment_id AND o.current_state = 'Scheduled')
            SELECT shipment_id FROM admitted
            """, most, clock.GetUtcNow() + Patience);
        return await command.ReadIds(cancellationToken);
    }
}
