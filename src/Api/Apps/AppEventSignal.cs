using System.Threading.Channels;

namespace Notifications.Api.Apps;

/// <summary>Wakes this host when it has kept an event, so that the event need not wait for the next look.</summary>
public sealed class AppEventSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signals.Writer.TryWrite(true);

    public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(longest, clock, limit.Token);
        await Task.WhenAny(_signals.Reader.ReadAsync(limit.Token).AsTask(), pause);
        await limit.CancelAsync();
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
