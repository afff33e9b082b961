using MassTransit;

namespace Notifications.Durability;

/// <summary>
/// Writes and messages that are committed together. Not for use by several threads at once, and for one commit only.
/// </summary>
public sealed class OutboxUnitOfWork : IUnitOfWork
{
    readonly DurabilitySchema _schema;
    readonly Committer _committer;
    readonly MessageWriter _writer;
    readonly OutboxDelivery _delivery;
    readonly TimerDispatcher _timers;
    readonly Writes _writes = new();
    bool _committed;

    internal OutboxUnitOfWork(
        DurabilitySchema schema, Committer committer, MessageWriter writer, OutboxDelivery delivery, TimerDispatcher timers)
    {
        _schema = schema;
        _committer = committer;
        _writer = writer;
        _delivery = delivery;
        _timers = timers;
    }

    /// <inheritdoc/>
    public void Enlist(Statement statement) => Open().Enlist(statement);

    /// <summary>Writes the row of a new saga instance. Its columns come from the EF Core model.</summary>
    public void Add<TSaga>(TSaga instance)
        where TSaga : class, ISaga
        => Open().Sagas.Add(_schema.Saga<TSaga>().Capture(SagaOperation.Insert, instance));

    /// <summary>Publishes at the commit.</summary>
    public Task Publish<T>(T message, CancellationToken ct = default)
        where T : class
        => _writer.Publish(Open(), message, ct);

    /// <summary>Sends at the commit. Give an <c>exchange:</c> address, for a <c>queue:</c> address declares a classic queue.</summary>
    public Task Send<T>(Uri address, T message, CancellationToken ct = default)
        where T : class
        => _writer.Send(Open(), address, message, ct);

    /// <summary>
    /// Publishes at <paramref name="dueAt"/>, by the workflow's clock. A saga's <c>Schedule</c> accepts it as its own when its token is
    /// <paramref name="tokenId"/>.
    /// </summary>
    public Task SchedulePublish<T>(DateTimeOffset dueAt, Guid tokenId, T message, CancellationToken ct = default)
        where T : class
        => _writer.SchedulePublish(Open(), dueAt, tokenId, message, ct);

    /// <summary>Cancels, at the commit, what waits under the token. Nothing happens when it has fired.</summary>
    public void CancelScheduled(Guid tokenId) => Open().Cancel(tokenId);

    /// <summary>
    /// Returns when everything is committed; delivery has begun but is not awaited, and does not need the broker to be there. Deadlocks and
    /// lost connections are tried again for up to <see cref="PostgresOutboxOptions.RetryLimit"/>; cancelling leaves the outcome open.
    /// </summary>
    /// <exception cref="Npgsql.PostgresException">One of this unit's own statements failed; nothing of it is written.</exception>
    public async Task Commit(CancellationToken ct = default)
    {
        var writes = Open();
        _committed = true;
        if (writes.IsEmpty)
            return;

        if (writes.Messages.Count == 0 && writes.Timers.Count == 0)
            writes.Marker = new InboxKey(Guid.CreateVersion7(), Guid.Empty);

        await _committer.Commit(writes, ct);
        _delivery.Enqueue(writes.Messages);
        _timers.Watch(writes.Timers);
    }

    Writes Open() => _committed ? throw new InvalidOperationException("The unit of work was committed already.") : _writes;
}
