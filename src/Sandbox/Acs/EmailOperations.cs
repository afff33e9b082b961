using Notifications.Sandbox.Inbox;

namespace Notifications.Sandbox.Acs;

/// <summary>The accepted emails by operation id, and how often each was called for.</summary>
internal sealed class EmailOperations
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, EmailOperation> operations = [];

    /// <summary>Of what was not accepted; an accepted message counts its own.</summary>
    private readonly Dictionary<(Guid Id, string ContentHash), int> calls = [];

    public EmailOperation? Find(Guid id)
    {
        lock (gate)
        {
            return operations.GetValueOrDefault(id);
        }
    }

    /// <summary>How many calls with this content this id has had, with this one.</summary>
    public int Call(Guid id, string contentHash)
    {
        lock (gate)
        {
            if (operations.TryGetValue(id, out var known) && known.ContentHash == contentHash)
                return ++known.Message.Attempts;
            return calls[(id, contentHash)] = calls.GetValueOrDefault((id, contentHash)) + 1;
        }
    }

    /// <summary>
    /// Of several calls with the same id the first one makes the operation, and <paramref name="isNew"/> is true for it alone.
    /// </summary>
    public EmailOperation Accept(Guid id, EmailOperation operation, out bool isNew)
    {
        lock (gate)
        {
            isNew = operations.TryAdd(id, operation);
            if (isNew && calls.Remove((id, operation.ContentHash), out var made))
                operation.Message.Attempts = made;
            return operations[id];
        }
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
