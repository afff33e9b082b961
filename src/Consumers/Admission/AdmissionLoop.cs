using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting;
using Notifications.Store;

namespace Notifications.Consumers.Admission;

/// <summary>
/// Admits shipments from the backlog, so many at a time that whoever orders one message finds short queues, and round-robin, so that no
/// creator waits for another's backlog. Any number of hosts may run it; each has its own share on the way.
/// </summary>
public sealed partial class AdmissionLoop(Backlogs backlogs, IUnitOfWorkFactory work, TimeProvider clock, ILogger<AdmissionLoop> logger) : Rounds
{
    /// <summary>So many shipments on the way keep a worker busy, and take it a fraction of a second.</summary>
    private const int Window = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(20);

    /// <summary>A shipment on the way for longer waits for something else, such as its condition or a provider, and holds nobody up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, long> _admitted = [];
    private TimeSpan _pause = Pause;

    protected override async Task Round(CancellationToken cancellationToken)
    {
        _pause = Pause;
        if (!await backlogs.HasAny(cancellationToken))
            return;
        await Admit(cancellationToken);
        _pause = BetweenRounds;
    }

    protected override Task Rest(CancellationToken cancellationToken) => Task.Delay(_pause, clock, cancellationToken);

    protected override void Failed(string reason) => RoundFailed(logger, reason);

    private async Task Admit(CancellationToken cancellationToken)
    {
        await ForgetWhatHasLeft(cancellationToken);
        if (_admitted.Count > Window / 2)
            return;

        await using var transaction = await work.BeginTransaction(cancellationToken);
        var admitted = await backlogs.Admit(transaction.Transaction, Window - _admitted.Count, cancellationToken);
        foreach (var shipmentId in admitted)
            await transaction.Publish(new ShipmentDue(shipmentId), cancellationToken);
        await transaction.Commit(cancellationToken);
        foreach (var shipmentId in admitted)
            _admitted[shipmentId] = clock.GetTimestamp();
    }

    private async Task ForgetWhatHasLeft(CancellationToken cancellationToken)
    {
        if (_admitted.Count == 0)
            return;
        var onTheirWay = (await backlogs.OnTheirWay([.. _admitted.Keys], cancellationToken)).ToHashSet();
        foreach (var (shipmentId, since) in _admitted)
        {
            if (!onTheirWay.Contains(shipmentId) || clock.GetElapsedTime(since) > Patience)
                _admitted.Remove(shipmentId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shipments could not be admitted from the backlog ({Reason}). Trying on.")]
    private static partial void RoundFailed(ILogger logger, string reason);
}
