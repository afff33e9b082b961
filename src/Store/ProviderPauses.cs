using Npgsql;

namespace Notifications.Store;

/// <summary>Who is not called at present. The table is empty while all is well, and the claim of every worker looks into it.</summary>
public sealed class ProviderPauses(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>For how long the message that goes ahead keeps the others waiting, should nothing be heard of it. Longer than any call may take.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unneeded = TimeSpan.FromMinutes(10);

    /// <summary>Short where a call costs nothing, so that what waits leaves soon after the provider is back.</summary>
    private static TimeSpan Longest(PauseCause cause) => TimeSpan.FromSeconds(cause switch
    {
        PauseCause.Unavailable => 2,
        PauseCause.Misconfigured => 5,
        _ => 60,
    });

    /// <summary>Returns how many messages have gone ahead in vain, this one included.</summary>
    /// <param name="wentAhead">Whether the message that brought this answer went ahead of the others.</param>
    /// <param name="wait">How long the provider asked us to wait.</param>
    public async Task<int> Pause(string provider, string sender, PauseCause cause, string answer, bool wentAhead, TimeSpan? wait, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            INSERT INTO provider_pauses AS p (provider, sender, cause, answer, since, until, tries)
            VALUES ($1, $2, $3, $4, $5, $5 + coalesce($6::interval, $7::interval), 1)
            ON CONFLICT (provider, sender) DO UPDATE SET cause = excluded.cause, answer = excluded.answer,
                tries = p.tries + CASE WHEN $9 THEN 1 ELSE 0 END,
                until = CASE WHEN $9 THEN $5 + coalesce($6::interval, least($7::interval * power(2, least(p.tries, 10)), $8::interval))
                    ELSE greatest(p.until, $5 + coalesce($6::interval, $7::interval)) END
            RETURNING tries
            """,
            provider, sender, cause.ToString(), answer, clock.GetUtcNow(), wait is { } told ? told : DBNull.Value,
            First, Longest(cause), wentAhead);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>After a message that went ahead has come through.</summary>
    public async Task Resume(string provider, string sender, CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM provider_pauses WHERE provider = $1 AND sender IN ($2, $3)", provider, sender, ProviderPause.Everybody);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All of a provider's, by somebody who knows better; false when there was none.</summary>
    public async Task<bool> End(string provider, CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM provider_pauses WHERE provider = $1", provider);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Those that were over long ago without a message that went ahead: nobody has anything to send through them.</summary>
    public async Task Forget(CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM provider_pauses WHERE until < $1", clock.GetUtcNow() - Unneeded);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ProviderPause>> Current(CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT provider, sender, cause, answer, since, until, tries FROM provider_pauses ORDER BY provider, sender");
        var pauses = new List<ProviderPause>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            pauses.Add(new ProviderPause
            {
                Provider = row.GetString(0),
                Sender = row.GetString(1),
                Cause = Enum.Parse<PauseCause>(row.GetString(2)),
                Answer = row.GetString(3),
                Since = row.GetFieldValue<DateTimeOffset>(4),
                Until = row.GetFieldValue<DateTimeOffset>(5),
                Tries = row.GetInt32(6),
            });
        }
        return pauses;
    }

    /// <summary>The pauses <c>p</c> that a notification <c>n</c> has to wait for.</summary>
    /// <param name="channel">The channel of the notification.</param>
    /// <param name="provider">The parameter that names the provider.</param>
    internal static string Of(Channel channel, string provider) => channel != Channel.Email
        ? $"p.provider = {provider}"
        : $"""
          p.provider = {provider} AND (p.sender = '{ProviderPause.Everybody}'
              OR p.sender = (SELECT coalesce(s.email_sender, '{ProviderPause.DefaultSender}') FROM shipments s WHERE s.id = n.shipment_id))
          """;
}
