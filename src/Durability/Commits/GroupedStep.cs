using MassTransit;

namespace Notifications.Durability;

/// <summary>Group commit: nothing is held between load and commit; the version decides.</summary>
sealed class GroupedStep(Writes writes, GroupLoader loader, Committer committer, Action ended) : Step(writes, ended)
{
    public override async Task<IReadOnlyList<TSaga>> Load<TSaga>(IReadOnlyCollection<Guid> correlationIds, CancellationToken ct)
    {
        var found = await Task.WhenAll(correlationIds.Select(id => loader.Load<TSaga>(id, Writes.Inbox, ct)));
        return [.. found.OfType<TSaga>()];
    }

    public override Task CheckInbox(CancellationToken ct) => loader.CheckInbox(Writes.Inbox, ct);

    public override Task Commit(CancellationToken ct)
    {
        IsClosed = true;
        return Writes.IsEmpty ? Task.CompletedTask : committer.Commit(Writes, ct);
    }
}
