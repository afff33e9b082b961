using System.Collections.Concurrent;

namespace Notifications.Sandbox.Acs;

/// <summary>
/// The managed suppression list of the provider: a hard bounce holds the address for a day, and each further one for longer.
/// </summary>
internal sealed class Mailboxes(TimeProvider time)
{
    private static readonly TimeSpan[] Leases =
        [TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(4), TimeSpan.FromDays(7), TimeSpan.FromDays(14)];

    private readonly ConcurrentDictionary<string, Suppression> suppressed = new(StringComparer.OrdinalIgnoreCase);

    public bool IsSuppressed(string address) =>
        suppressed.TryGetValue(address, out var suppression) && suppression.Until > time.GetUtcNow();

    public void Bounced(string address)
    {
        var now = time.GetUtcNow();
        suppressed.AddOrUpdate(
            address,
            _ => new Suppression(0, now + Leases[0]),
            (_, before) => new Suppression(Math.Min(before.Lease + 1, Leases.Length - 1), now + Leases[Math.Min(before.Lease + 1, Leases.Length - 1)]));
    }

    private sealed record Suppression(int Lease, DateTimeOffset Until);
}
