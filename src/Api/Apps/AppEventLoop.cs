using Notifications.Hosting;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>Works off the events of apps that are kept. Any number of hosts may run it.</summary>
internal sealed partial class AppEventLoop(AppEvents events, AppEventWork work, AppEventSignal signal, TimeProvider clock, ILogger<AppEventLoop> logger) : Rounds
{
    private const int AtOnce = 32;
    private static readonly ParallelOptions Some = new() { MaxDegreeOfParallelism = 8 };

    /// <summary>For events that another host kept and could not work off, and for those that are tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    /// <summary>Altinn Events sends an event again for a week.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    private DateTimeOffset _forgotAt;

    protected override async Task Round(CancellationToken cancellationToken)
    {
        while (await Pass(cancellationToken) == AtOnce)
            continue;
        await Forget(cancellationToken);
    }

    protected override Task Rest(CancellationToken cancellationToken) => signal.Wait(Pause, clock, cancellationToken);

    protected override void Failed(string reason) => PassFailed(logger, reason);

    private async Task<int> Pass(CancellationToken cancellationToken)
    {
        var taken = await events.Take(AtOnce, cancellationToken);
        await Parallel.ForEachAsync(taken, Some, async (happened, _) => await WorkOff(happened, cancellationToken));
        return taken.Count;
    }

    private async Task WorkOff(AppEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            await work.Off(happened, cancellationToken);
            await events.Done(happened, CancellationToken.None);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = e is NeighbourAwayException or NotYetException ? e.Message : e.GetType().Name;
            var next = AppEventRetries.Next(happened, clock.GetUtcNow());
            await events.Failed(happened, next, reason, CancellationToken.None);
            if (next is null)
                GivenUp(logger, happened.Id, happened.Type, happened.InstanceId, reason);
            else if (happened.Attempts == 1)
                TriedAgain(logger, happened.Id, happened.Type, happened.InstanceId, reason);
        }
    }

    private async Task Forget(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _forgotAt + BetweenForgetting)
            return;
        await events.Forget(now - Memory, cancellationToken);
        _forgotAt = now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The events of apps could not be looked for ({Reason}). Trying on.")]
    private static partial void PassFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId}, {Type} of instance {InstanceId}, could not be worked off: {Reason}. It is tried again for two days.")]
    private static partial void TriedAgain(ILogger logger, Guid eventId, string type, string instanceId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId}, {Type} of instance {InstanceId}, is given up: {Reason}.")]
    private static partial void GivenUp(ILogger logger, Guid eventId, string type, string instanceId, string reason);
}

/// <summary>It is too early: to be tried again.</summary>
internal sealed class NotYetException(string reason) : Exception(reason);
