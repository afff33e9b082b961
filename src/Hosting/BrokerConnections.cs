using System.Collections.Concurrent;
using MassTransit;

namespace Notifications.Hosting;

/// <summary>
/// Knows which receive endpoints live on the latest connection. One can go on looking well on a connection that is gone: the broker's client
/// (7.1.2) tells its channels of the loss one after the other, and the first of them whose shutdown waits for itself keeps it from the rest.
/// </summary>
internal sealed class BrokerConnections : IReceiveEndpointObserver
{
    private readonly ConcurrentDictionary<Uri, int> _readyOn = [];
    private int _latest;

    /// <summary>Another connection is about to be made, so the one before is lost.</summary>
    public void Renew() => Interlocked.Increment(ref _latest);

    /// <summary>Whether the endpoint was well on an earlier connection, and has not been since.</summary>
    public bool LeftBehind(Uri inputAddress) => _readyOn.TryGetValue(inputAddress, out var connection) && connection != Volatile.Read(ref _latest);

    /// <summary>The bus's own endpoint consumes nothing until a response is awaited, and never says that it is started.</summary>
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (ready.IsStarted)
            _readyOn[ready.InputAddress] = Volatile.Read(ref _latest);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
