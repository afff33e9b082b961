using System.Collections.Concurrent;

namespace Notifications.Sandbox.Apps;

/// <summary>Who is told of events.</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentDictionary<long, Subscription> subscriptions = new();
    private readonly Lock gate = new();

    public IEnumerable<Subscription> All => subscriptions.Values.OrderBy(s => s.Id);

    public Subscription? Find(long id) => subscriptions.GetValueOrDefault(id);

    /// <summary>The same filters and the same end point are the same subscription.</summary>
    public Subscription Add(Func<long, Subscription> make)
    {
        lock (gate)
        {
            var added = make(subscriptions.IsEmpty ? 1 : subscriptions.Keys.Max() + 1);
            var known = subscriptions.Values.FirstOrDefault(s => s.Identity == added.Identity);
            return known ?? (subscriptions[added.Id] = added);
        }
    }

    public void Keep(Subscription subscription) => subscriptions[subscription.Id] = subscription;

    public bool Remove(long id) => subscriptions.TryRemove(id, out _);
}
