using System.Threading.Channels;
using Notifications.Store;

namespace Notifications.Hosting.Neighbours;

/// <summary>Whose breaker is open in this host.</summary>
public sealed class NeighbourBreakers(TimeProvider clock)
{
    private static readonly string Host = $"{Environment.MachineName}:{Environment.ProcessId}";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NeighbourBreak> _open = new(StringComparer.Ordinal);
    private readonly Channel<NeighbourChange> _changes = System.Threading.Channels.Channel.CreateBounded<NeighbourChange>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>For one reader.</summary>
    internal ChannelReader<NeighbourChange> Changes => _changes.Reader;

    public IReadOnlyList<NeighbourBreak> Current
    {
        get
        {
            lock (_gate)
                return [.. _open.Values.Where(o => !o.IsForgotten(clock.GetUtcNow())).OrderBy(o => o.Neighbour, StringComparer.Ordinal)];
        }
    }

    /// <summary>Returns whether the neighbour had been well until now.</summary>
    internal bool Open(string neighbour, string answer, TimeSpan breakFor)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var before = _open.GetValueOrDefault(neighbour) is { } known && !known.IsForgotten(now) ? known : null;
            var open = new NeighbourBreak { Neighbour = neighbour, Host = Host, Answer = answer, Since = before?.Since ?? now, Until = now + breakFor };
            _open[neighbour] = open;
            _changes.Writer.TryWrite(new(open, IsOver: false));
            return before is null;
        }
    }

    internal void Close(string neighbour)
    {
        lock (_gate)
        {
            if (_open.Remove(neighbour, out var open))
                _changes.Writer.TryWrite(new(open, IsOver: true));
        }
    }
}

/// <param name="Break">As it is now.</param>
/// <param name="IsOver">The neighbour answers again.</param>
internal sealed record NeighbourChange(NeighbourBreak Break, bool IsOver);
