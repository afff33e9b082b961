using Npgsql;

namespace Notifications.Store;

/// <summary>One of the messages that went out first.</summary>
/// <param name="State">What became of it.</param>
/// <param name="MayBeWithProvider">Whether a provider was given it, or may have been.</param>
public sealed record FirstMessage(NotificationState State, bool MayBeWithProvider);

/// <summary>What is kept for the case that the first messages fail.</summary>
/// <param name="InsteadOf">The name that they share.</param>
/// <param name="Channel">Over which it would go out.</param>
/// <param name="DueAt">When it goes out if none of them was reported to be delivered; null for never.</param>
/// <param name="Ids">Of the notifications that it would become.</param>
/// <param name="First">The first messages.</param>
public sealed record OpenFallback(Guid InsteadOf, Channel Channel, DateTimeOffset? DueAt, IReadOnlyList<Guid> Ids, IReadOnlyList<FirstMessage> First);

/// <summary>What a saga's step must know to go on to another channel, or to its end.</summary>
/// <param name="Fallbacks">Those of which one of the first messages has failed, or whose time has come.</param>
/// <param name="NextDueAt">When the time of the next one comes.</param>
/// <param name="IsSettled">Whether every notification of the shipment is final.</param>
public sealed record OpenFallbacks(IReadOnlyList<OpenFallback> Fallbacks, DateTimeOffset? NextDueAt, bool IsSettled);

public sealed class ReadFallbacks(NpgsqlDataSource database)
{
    public async Task<OpenFallbacks> Open(Guid shipmentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT (SELECT min(due_at) FROM fallbacks WHERE shipment_id = $1 AND due_at > $2),
                {ShipmentsSettled.IsSettled("$1")},
                k.instead_of, k.channel, k.due_at, k.ids, f.states, f.may_be_with_provider
            FROM (SELECT) AS one LEFT JOIN (
                SELECT instead_of, min(channel) AS channel, min(due_at) AS due_at, array_agg(id ORDER BY id) AS ids
                FROM fallbacks WHERE shipment_id = $1 AND (due_at <= $2
                    OR instead_of IN (SELECT fallback FROM notifications WHERE shipment_id = $1 AND fallback IS NOT NULL AND progress = {Progress.Failed}))
                GROUP BY instead_of) AS k ON true
            LEFT JOIN LATERAL (
                SELECT array_agg(n.state ORDER BY n.id) AS states,
                    array_agg(EXISTS (SELECT FROM attempts a WHERE a.notification_id = n.id AND a.outcome IN ('Claimed', 'Accepted', 'Unknown')) ORDER BY n.id) AS may_be_with_provider
                FROM notifications n WHERE n.shipment_id = $1 AND n.fallback = k.instead_of) AS f ON true
            """, shipmentId, now);

        var (next, isSettled) = ((DateTimeOffset?)null, false);
        var fallbacks = new List<OpenFallback>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            (next, isSettled) = (row.Time(0), row.GetBoolean(1));
            if (row.IsDBNull(2) || row.IsDBNull(6))
                continue;
            var with = row.GetFieldValue<bool[]>(7);
            fallbacks.Add(new OpenFallback(
                row.GetGuid(2), Channel.Named(row.GetString(3)), row.Time(4), row.GetFieldValue<Guid[]>(5),
                [.. row.GetFieldValue<string[]>(6).Select((state, i) => new FirstMessage(Enum.Parse<NotificationState>(state), with[i]))]));
        }
        return new OpenFallbacks(fallbacks, next, isSettled);
    }
}
