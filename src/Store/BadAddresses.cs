using Npgsql;

namespace Notifications.Store;

/// <summary>Which addresses are known to be bad, by creator.</summary>
public sealed class BadAddresses(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The recipients whose fate is decided beforehand are for trying things out, again and again: mailboxes, and numbers of two more digits.</summary>
    public const string MagicDomain = "@simulator.test";
    public const string MagicNumbers = "47400000";

    private const int LongestDays = 14;

    /// <summary>What says that an address does not exist or must not be written to, and not only that a message did not come through.</summary>
    internal static bool IsAboutAddress(NotificationState? state) =>
        state is NotificationState.Failed_Bounced or NotificationState.Failed_SuppressedRecipient or NotificationState.Failed_InvalidRecipient;

    public async Task<IReadOnlyList<BadAddress>> Of(string creator, int most, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "SELECT channel, address, reason, since, until, times FROM bad_addresses WHERE creator = $1 AND until > $2 ORDER BY since DESC, channel, address LIMIT $3",
            creator, clock.GetUtcNow(), most);
        var addresses = new List<BadAddress>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            addresses.Add(new BadAddress
            {
                Creator = creator,
                Channel = Channel.Named(row.GetString(0)),
                Address = row.GetString(1),
                Reason = Enum.Parse<NotificationState>(row.GetString(2)),
                Since = row.GetFieldValue<DateTimeOffset>(3),
                Until = row.GetFieldValue<DateTimeOffset>(4),
                Times = row.GetInt32(5),
            });
        }
        return addresses;
    }

    public async Task<bool> Forget(string creator, Channel channel, string address, CancellationToken cancellationToken)
    {
        await using var command = database.Command($"DELETE FROM bad_addresses WHERE creator = $1 AND channel = $2 AND address = {Same("$2", "$3")}", creator, channel.ToString(), address);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>An address in the form in which it is compared.</summary>
    internal static string Same(string channel, string address) =>
        $"CASE {channel} WHEN 'Sms' THEN ltrim(regexp_replace({address}, '[^0-9]', '', 'g'), '0') ELSE upper({address}) END";

    /// <param name="same">An address in the form in which it is compared.</param>
    internal static string IsMagic(string same) => $"({same} LIKE upper('%{MagicDomain}') OR {same} LIKE '{MagicNumbers}__')";

    /// <summary>Remembers the addresses of these notifications: for a day, and each time it happens again after that for twice as long.</summary>
    internal static NpgsqlBatchCommand Remember(IReadOnlyList<(Guid? Id, string? Reference, NotificationState State)> bad, DateTimeOffset now) => Sql.Command(
        $"""
        INSERT INTO bad_addresses AS b (creator, channel, address, reason, since, until, times)
        SELECT DISTINCT ON (1, 2, 3) s.creator, n.channel, {Same("n.channel", "n.address")}, r.state, $1, $1 + interval '1 day', 1
        FROM unnest($2::uuid[], $3::text[], $4::text[]) AS r (id, reference, state)
        CROSS JOIN LATERAL (
            SELECT shipment_id, channel, address FROM notifications WHERE id = r.id
            UNION ALL SELECT shipment_id, channel, address FROM notifications WHERE provider_reference = r.reference) AS n
        JOIN shipments s ON s.id = n.shipment_id
        WHERE NOT {IsMagic(Same("n.channel", "n.address"))}
        ON CONFLICT (creator, channel, address) DO UPDATE SET reason = excluded.reason, since = $1, times = b.times + 1,
            until = $1 + least(interval '1 day' * power(2, least(b.times, 10)), interval '{LongestDays} days')
            WHERE b.until <= $1
        """,
        [now, bad.Select(b => b.Id).ToArray(), bad.Select(b => b.Reference).ToArray(), bad.Select(b => b.State.ToString()).ToArray()]);
}
