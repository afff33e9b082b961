using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

enum CommitOutcome
{
    Committed,

    /// <summary>The inbox knows the message: this or another delivery of it was committed before.</summary>
    Duplicate,

    /// <summary>Another step changed the saga first.</summary>
    Stale,
}

/// <summary>Commits steps, many at a time, each group as one implicit transaction in one round trip.</summary>
sealed class Committer : IAsyncDisposable
{
    /// <summary>From so many on, delivered rows are deleted by the next commit; fewer are left to the flush.</summary>
    const int DeliveredWorthTaking = 16;

    readonly NpgsqlDataSource _dataSource;
    readonly DurabilitySchema _schema;
    readonly WriteBatch _batch;
    readonly DeliveredRows _delivered;
    readonly TimeSpan _retryLimit;
    readonly GroupWriter<Writes, CommitOutcome> _writer;

    public Committer(
        NpgsqlDataSource dataSource, DurabilitySchema schema, WriteBatch batch, DeliveredRows delivered, IOptions<PostgresOutboxOptions> options)
    {
        _dataSource = dataSource;
        _schema = schema;
        _batch = batch;
        _delivered = delivered;
        _retryLimit = options.Value.RetryLimit;
        _writer = new GroupWriter<Writes, CommitOutcome>(Write, options.Value.Writers, options.Value.MaxBatch);
    }

    public async Task Commit(Writes writes, CancellationToken ct)
    {
        switch (await _writer.Write(writes, ct))
        {
            case CommitOutcome.Duplicate:
                throw new MessageConsumedBeforeException();
            case CommitOutcome.Stale:
                throw new SagaConflictException();
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    async Task<IReadOnlyList<CommitOutcome>> Write(IReadOnlyList<Writes> steps, CancellationToken ct)
    {
        var outcomes = new CommitOutcome[steps.Count];
        var compatible = Compatible(steps, outcomes);
        return await Patience.Repeat(
            async _ =>
            {
                try
                {
                    await Execute(compatible, ct);
                }
                catch (PostgresException exception) when (steps.Count == 1)
                {
                    if (Outcome(exception, steps[0]) is not { } outcome)
                        throw;

                    outcomes[0] = outcome;
                }

                return outcomes;
            },
            _retryLimit,
            ct);
    }

    CommitOutcome? Outcome(PostgresException exception, Writes step)
    {
        // Our own keys are random: they can only be there because an earlier attempt was committed and its answer was lost.
        if (DatabaseFailure.IsUniqueViolationOf(exception, _schema.Inbox))
            return step.Inbox is null ? CommitOutcome.Committed : CommitOutcome.Duplicate;

        if (DatabaseFailure.IsUniqueViolationOf(exception, _schema.Outbox) || DatabaseFailure.IsUniqueViolationOf(exception, _schema.Scheduled))
            return CommitOutcome.Committed;

        return step.Inbox is not null && DatabaseFailure.IsStale(exception, step) ? CommitOutcome.Stale : null;
    }

    /// <summary>Two steps on the same saga, or two deliveries of the same message, cannot share a commit: the later one starts again.</summary>
    static List<Writes> Compatible(IReadOnlyList<Writes> steps, CommitOutcome[] outcomes)
    {
        var sagas = new HashSet<(SagaTable, Guid)>();
        var messages = new HashSet<InboxKey>();
        var compatible = new List<Writes>(steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if ((step.Inbox is { } key && messages.Contains(key)) || step.Sagas.Any(write => sagas.Contains((write.Table, write.CorrelationId))))
            {
                // A step that consumes nothing is not run again by anybody: it gets a commit, and its own answer, to itself.
                if (step.Inbox is null)
                    throw new SagaConflictException();

                outcomes[i] = CommitOutcome.Stale;
                continue;
            }

            if (step.Inbox is { } inbox)
                messages.Add(inbox);

            foreach (var write in step.Sagas)
                sagas.Add((write.Table, write.CorrelationId));

            compatible.Add(step);
        }

        return compatible;
    }

    async Task Execute(List<Writes> steps, CancellationToken ct)
    {
        var delivered = _delivered.Take(DeliveredWorthTaking);
        try
        {
            await using var connection = await _dataSource.OpenConnectionAsync(ct);
            await using var batch = new NpgsqlBatch(connection);
            _batch.Fill(batch, steps);
            _batch.AddDelivered(batch, delivered);
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch
        {
            _delivered.Return(delivered);
            throw;
        }
    }
}
