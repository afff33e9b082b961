using MassTransit;

namespace Notifications.Durability;

/// <summary>One consumed message, from load to commit.</summary>
abstract class Step(Writes writes, Action ended) : IUnitOfWork, IAsyncDisposable
{
    readonly Lock _adding = new();
    int _ended;

    public Writes Writes { get; } = writes;

    /// <summary>True after the commit was begun or given up: nothing can be added any more.</summary>
    public bool IsClosed { get; protected set; }

    public void Enlist(Statement statement) => Add(() => Writes.Enlist(statement));
    public void BeginPart() => Add(Writes.BeginPart);
    public void Add(StoredMessage message) => Add(() => Writes.Messages.Add(message));
    public void Add(StoredTimer timer) => Add(() => Writes.Timers.Add(timer));
    public void Add(SagaWrite write) => Add(() => Writes.Sagas.Add(write));
    public void Cancel(Guid tokenId) => Add(() => Writes.Cancel(tokenId));

    /// <summary>Loads those that exist, and locks them if the engine does. Also finds out whether the message was consumed before.</summary>
    /// <exception cref="MessageConsumedBeforeException">It was.</exception>
    public abstract Task<IReadOnlyList<TSaga>> Load<TSaga>(IReadOnlyCollection<Guid> correlationIds, CancellationToken ct)
        where TSaga : class, ISaga;

    /// <summary>For consumers, which load nothing.</summary>
    /// <exception cref="MessageConsumedBeforeException">The message was consumed before.</exception>
    public abstract Task CheckInbox(CancellationToken ct);

    public abstract Task Commit(CancellationToken ct);

    public virtual ValueTask DisposeAsync()
    {
        IsClosed = true;
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            ended();

        return ValueTask.CompletedTask;
    }

    void Add(Action add)
    {
        lock (_adding)
        {
            if (IsClosed)
                throw new InvalidOperationException("The unit of work was committed already.");

            add();
        }
    }
}
