using MassTransit;
using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// One transaction from load to commit, in two round trips. A step that loads nothing (a consumer) holds no transaction while it runs.
/// </summary>
sealed class PessimisticStep(
    Writes writes, NpgsqlDataSource dataSource, DurabilitySchema schema, WriteBatch batch, GroupLoader loader, Committer committer, Action ended)
    : Step(writes, ended)
{
    NpgsqlConnection? _connection;
    bool _inTransaction;
    bool _inboxWritten;

    public override async Task<IReadOnlyList<TSaga>> Load<TSaga>(IReadOnlyCollection<Guid> correlationIds, CancellationToken ct)
    {
        var table = schema.Saga<TSaga>();
        try
        {
            _connection ??= await dataSource.OpenConnectionAsync(ct);
            await using var load = new NpgsqlBatch(_connection);
            if (!_inTransaction)
                load.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));

            _inTransaction = true;
            var looksIntoInbox = !_inboxWritten && Writes.Inbox is not null;
            if (!_inboxWritten && Writes.Inbox is { } key)
            {
                load.BatchCommands.Add(new NpgsqlBatchCommand(
                    $"INSERT INTO {schema.Inbox} (message_id, consumer_id, received_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING RETURNING 1")
                {
                    Parameters = { new() { Value = key.MessageId }, new() { Value = key.ConsumerId } },
                });
            }

            load.BatchCommands.Add(new NpgsqlBatchCommand(
                $"SELECT {table.SelectColumns} FROM {table.Name} AS t WHERE t.{table.IdColumn} = ANY ($1) ORDER BY t.{table.IdColumn} FOR UPDATE")
            {
                Parameters = { new() { Value = correlationIds.ToArray() } },
            });

            await using var reader = await load.ExecuteReaderAsync(ct);
            if (looksIntoInbox)
            {
                if (!await reader.ReadAsync(ct))
                    throw new MessageConsumedBeforeException();

                _inboxWritten = true;
                await reader.NextResultAsync(ct);
            }

            var found = new List<TSaga>(correlationIds.Count);
            while (await reader.ReadAsync(ct))
                found.Add(table.Read(reader, 0));
            return found;
        }
        catch (Exception exception) when (DatabaseFailure.IsTransient(exception))
        {
            throw Repeatable(exception);
        }
    }

    public override Task CheckInbox(CancellationToken ct) => loader.CheckInbox(Writes.Inbox, ct);

    public override async Task Commit(CancellationToken ct)
    {
        IsClosed = true;
        if (_connection is null)
        {
            if (!Writes.IsEmpty)
                await committer.Commit(Writes, ct);

            return;
        }

        try
        {
            if (_inboxWritten)
                Writes.Inbox = null;

            await using var commit = new NpgsqlBatch(_connection);
            batch.Fill(commit, [Writes]);
            commit.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await commit.ExecuteNonQueryAsync(ct);
            _inTransaction = false;
        }
        catch (Exception exception) when (DatabaseFailure.IsTransient(exception) || DatabaseFailure.IsStale(exception, Writes))
        {
            throw Repeatable(exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_connection is null)
            return;

        await using var connection = _connection;
        _connection = null;
        if (_inTransaction && connection.FullState == System.Data.ConnectionState.Open)
            await Rollback(connection);
    }

    static async Task Rollback(NpgsqlConnection connection)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    static SagaConflictException Repeatable(Exception exception)
        => new("The step lost its transaction and starts again.", exception);
}
