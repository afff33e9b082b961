using System.Collections.Concurrent;
using Notifications.Sandbox.Inbox;

namespace Notifications.Sandbox.Acs;

/// <summary>The accepted emails by operation id, and how often each id was called before it was accepted.</summary>
internal sealed class EmailOperations
{
    private readonly ConcurrentDictionary<Guid, EmailOperation> operations = new();
    private readonly ConcurrentDictionary<Guid, int> calls = new();

    public EmailOperation? Find(Guid id) => operations.GetValueOrDefault(id);

    /// <summary>How many calls this id has had, with this one.</summary>
    public int Call(Guid id) => calls.AddOrUpdate(id, 1, static (_, before) => before + 1);

    /// <summary>
    /// The same id with the same content is the same email again; with other content it is refused, which is null.
    /// </summary>
    public EmailOperation? Accept(Guid id, string contentHash, Func<int, EmailOperation> create, out bool isNew)
    {
        while (true)
        {
            if (operations.TryGetValue(id, out var known))
            {
                isNew = false;
                if (known.ContentHash != contentHash)
                    return null;
                known.Message.AttemptedAgain();
                return known;
            }

            var operation = create(calls.GetValueOrDefault(id, 1));
            if (operations.TryAdd(id, operation))
            {
                calls.TryRemove(id, out _);
                isNew = true;
                return operation;
            }
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
