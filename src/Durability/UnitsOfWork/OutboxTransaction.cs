using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// A transaction with messages, for code whose messages depend on what its statements return. Rolled back when disposed without a commit.
/// </summary>
public sealed class OutboxTransaction : IAsyncDisposable
{
    readonly WriteBatch _batch;
    readonly MessageWriter _writer;
    readonly OutboxDelivery _delivery;
    readonly TimerDispatcher _timers;
    readonly Writes _writes = new();

    internal OutboxTransaction(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        WriteBatch batch,
        MessageWriter writer,
        OutboxDelivery delivery,
        TimerDispatcher timers)
    {
        Connection = connection;
        Transaction = transaction;
        _batch = batch;
        _writer = writer;
        _delivery = delivery;
        _timers = timers;
    }

    public NpgsqlConnection Connection { get; }
    public NpgsqlTransaction Transaction { get; }

    /// <inheritdoc cref="OutboxUnitOfWork.Publish"/>
    public Task Publish<T>(T message, CancellationToken ct = default)
        where T : class
        => _writer.Publish(_writes, message, ct);

    /// <inheritdoc cref="OutboxUnitOfWork.Send"/>
    public Task Send<T>(Uri address, T message, CancellationToken ct = default)
        where T : class
        => _writer.Send(_writes, address, message, ct);

    /// <inheritdoc cref="OutboxUnitOfWork.SchedulePublish"/>
    public Task SchedulePublish<T>(DateTimeOffset dueAt, Guid tokenId, T message, CancellationToken ct = default)
        where T : class
        => _writer.SchedulePublish(_writes, dueAt, tokenId, message, ct);

    /// <inheritdoc cref="OutboxUnitOfWork.CancelScheduled"/>
    public void CancelScheduled(Guid tokenId) => _writes.Cancel(tokenId);

    /// <summary>Writes the messages and commits, in one round trip; delivery has begun but is not awaited. Nothing is tried again.</summary>
    public async Task Commit(CancellationToken ct = default)
    {
        await using (var batch = new NpgsqlBatch(Connection, Transaction))
        {
            _batch.Fill(batch, [_writes]);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await batch.ExecuteNonQueryAsync(ct);
        }

        _delivery.Enqueue(_writes.Messages);
        _timers.Watch(_writes.Timers);
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
