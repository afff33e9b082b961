using System.Collections.Concurrent;
using Notifications.Sandbox.Inbox;

namespace Notifications.Sandbox.Acs;

/// <summary>The accepted emails by operation id, and how often each was called for.</summary>
internal sealed class EmailOperations
{
    private readonly ConcurrentDictionary<Guid, EmailOperation> operations = new();
    private readonly ConcurrentDictionary<(Guid Id, string ContentHash), int> calls = new();

    public EmailOperation? Find(Guid id) => operations.GetValueOrDefault(id);

    /// <summary>How many calls with this content this id has had, with this one.</summary>
    public int Call(Guid id, string contentHash)
    {
        var times = calls.AddOrUpdate((id, contentHash), 1, static (_, before) => before + 1);
        if (Find(id) is { } known && known.ContentHash == contentHash)
            known.Message.Attempted(times);
        return times;
    }

    /// <summary>
    /// Of several calls with the same id the first one makes the operation, and <paramref name="isNew"/> is true for it alone.
    /// </summary>
    public EmailOperation Accept(Guid id, EmailOperation operation, out bool isNew)
    {
        var accepted = operations.GetOrAdd(id, operation);
        isNew = ReferenceEquals(accepted, operation);
        accepted.Message.Attempted(calls.GetValueOrDefault((id, accepted.ContentHash), 1));
        return accepted;
    }
}

/// <param name="Message">Its row in the inbox.</param>
/// <param name="CompletesAt">From then on it has its final status.</param>
internal sealed record EmailOperation(
    Guid Id,
    string ContentHash,
    InboxMessage Message,
    DateTimeOffset CompletesAt,
    string FinalStatus,
    OperationError? Error)
{
    public bool IsFinal(DateTimeOffset now) => now >= CompletesAt;

    public OperationStatus At(DateTimeOffset now)
    {
        if (IsFinal(now))
            return new OperationStatus(Id.ToString(), FinalStatus, Error);

        // The first tenth of its way it has not been looked at.
        var untouched = (CompletesAt - Message.AcceptedAt) / 10;
        return new OperationStatus(Id.ToString(), now - Message.AcceptedAt < untouched ? "NotStarted" : "Running", null);
    }
}
