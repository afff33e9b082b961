using Npgsql;

namespace Notifications.Store;

/// <summary>The calls of one account, counted for all workers together; nobody counts for a provider without a pace.</summary>
public sealed class ProviderCalls(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How many calls may be made now.</summary>
    public async Task<int> Free(string provider, Pace pace, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT at, made FROM provider_calls WHERE provider = $1", provider);
        return pace.Free(await Read(command, cancellationToken), clock.GetUtcNow());
    }

    /// <summary>Calls that are made whether or not there is room for them; others wait for it.</summary>
    public async Task Count(string provider, Pace pace, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var made = await Lock(transaction, provider, cancellationToken);
        await Keep(transaction, provider, pace.With(made, clock.GetUtcNow(), count), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Until the transaction ends nobody else counts.</summary>
    internal static async Task<IReadOnlyList<MadeCalls>> Lock(NpgsqlTransaction transaction, string provider, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO provider_calls AS c (provider, at, made) VALUES ($1, '{}', '{}')
            ON CONFLICT (provider) DO UPDATE SET provider = c.provider RETURNING at, made
            """, provider);
        return await Read(command, cancellationToken);
    }

    internal static async Task Keep(NpgsqlTransaction transaction, string provider, IReadOnlyList<MadeCalls> made, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            "UPDATE provider_calls SET at = $2, made = $3 WHERE provider = $1",
            provider, made.Select(calls => calls.At).ToArray(), made.Select(calls => calls.Count).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<MadeCalls>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? [.. row.GetFieldValue<DateTimeOffset[]>(0).Zip(row.GetFieldValue<int[]>(1), (at, count) => new MadeCalls(at, count))]
            : [];
    }
}

/// <summary>The row of an account.</summary>
public sealed class ProviderCallCount
{
    public required string Provider { get; init; }

    /// <summary>Until when the calls were made whose numbers are in <see cref="Made"/> at the same place.</summary>
    public required DateTimeOffset[] At { get; init; }
    public required int[] Made { get; init; }
}
