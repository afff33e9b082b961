namespace Notifications.Sandbox.Inbox;

/// <summary>Everything the providers accepted, oldest first, with an index by recipient.</summary>
internal sealed class MessageInbox
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<InboxMessage>> byRecipient = new(StringComparer.OrdinalIgnoreCase);
    private List<InboxMessage> messages = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return messages.Count;
            }
        }
    }

    public void Add(InboxMessage message)
    {
        lock (gate)
        {
            messages.Add(message);
            foreach (var recipient in message.To.Split(", ").Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!byRecipient.TryGetValue(recipient, out var received))
                    byRecipient[recipient] = received = new List<InboxMessage>(1);
                received.Add(message);
            }
        }
    }

    public IReadOnlyList<InboxMessage> Find(string? to, DateTimeOffset? since)
    {
        lock (gate)
        {
            var found = to is null ? messages : byRecipient.GetValueOrDefault(to, []);
            var first = since is null ? 0 : found.Count;
            while (first > 0 && found[first - 1].AcceptedAt >= since)
                first--;
            return found.GetRange(first, found.Count - first);
        }
    }

    public IReadOnlyList<InboxMessage> Newest(int skip, int take)
    {
        lock (gate)
        {
            return [.. Enumerable.Reverse(messages).Skip(skip).Take(take)];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            messages = [];
            byRecipient.Clear();
        }
    }
}
