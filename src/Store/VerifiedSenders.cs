using Npgsql;

namespace Notifications.Store;

/// <summary>The registry of verified senders.</summary>
public sealed class VerifiedSenders(NpgsqlDataSource database, TimeProvider clock)
{
    public async Task<IReadOnlyList<VerifiedSender>> Of(string creator, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT channel, sender, verified_at FROM verified_senders WHERE creator = $1 ORDER BY channel, sender", creator);
        var senders = new List<VerifiedSender>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            senders.Add(new VerifiedSender
            {
                Creator = creator,
                Channel = Channel.Named(row.GetString(0)),
                Sender = row.GetString(1),
                VerifiedAt = row.GetFieldValue<DateTimeOffset>(2),
            });
        }
        return senders;
    }

    /// <summary>A sender that is there already stays as it is.</summary>
    public async Task Add(string creator, Channel channel, string sender, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "INSERT INTO verified_senders (creator, channel, sender, verified_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            creator, channel.ToString(), sender, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<bool> Remove(string creator, Channel channel, string sender, CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM verified_senders WHERE creator = $1 AND channel = $2 AND sender = $3", creator, channel.ToString(), sender);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
