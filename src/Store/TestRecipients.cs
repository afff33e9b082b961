using Npgsql;

namespace Notifications.Store;

/// <summary>Whether what is sent to addresses that a creator has not listed goes to the stand-in.</summary>
public sealed record TestSending(bool OnlyListed);

/// <summary>The lists of addresses that creators may send to where only those are sent to.</summary>
public sealed class TestRecipients(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<TestRecipient>> Of(string creator, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT channel, address FROM test_recipients WHERE creator = $1 ORDER BY channel, address", creator);
        var recipients = new List<TestRecipient>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            recipients.Add(new TestRecipient { Creator = creator, Channel = Channel.Named(row.GetString(0)), Address = row.GetString(1) });
        return recipients;
    }

    /// <summary>In place of what was listed before.</summary>
    public async Task Replace(string creator, IReadOnlyList<(Channel Channel, string Address)> addresses, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var delete = transaction.Command("DELETE FROM test_recipients WHERE creator = $1", creator))
            await delete.ExecuteNonQueryAsync(cancellationToken);
        await using (var insert = transaction.Command(
            $"INSERT INTO test_recipients (creator, channel, address) SELECT $1, r.channel, {BadAddresses.Same("r.channel", "r.address")} FROM unnest($2::text[], $3::text[]) AS r (channel, address) ON CONFLICT DO NOTHING",
            creator, addresses.Select(a => a.Channel.Name).ToArray(), addresses.Select(a => a.Address).ToArray()))
            await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<bool> IsListed(string creator, Channel channel, string address, CancellationToken cancellationToken)
    {
        await using var command = database.Command($"SELECT {IsListed("$1::text", "$2::text", "$3::text")}", creator, channel.Name, address);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Recipients whose fate is decided beforehand never are: they are for the stand-in.</summary>
    internal static string IsListed(string creator, string channel, string address) =>
        $"""
        (NOT {BadAddresses.IsMagic(BadAddresses.Same(channel, address))} AND EXISTS (SELECT FROM test_recipients t WHERE t.creator = {creator} AND t.channel = {channel}
            AND t.address IN ({BadAddresses.Same(channel, address)}, '@' || split_part(upper({address}), '@', 2))))
        """;
}
