using Microsoft.Extensions.Hosting;
using Notifications.Store;
using Npgsql;

namespace Notifications.Hosting.Neighbours;

/// <summary>Tells the other hosts of the neighbours of this one, behind the back of whoever asked them. What cannot be told is in this host's own health.</summary>
internal sealed class NeighbourNews(NeighbourBreakers breakers, NeighbourBreaks breaks) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in breakers.Changes.ReadAllAsync(stoppingToken))
            await Tell(change.Break, change.IsOver, stoppingToken);
    }

    /// <summary>A host that goes takes its own with it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var open in breakers.Current)
            await Tell(open, isOver: true, cancellationToken);
    }

    private async Task Tell(NeighbourBreak change, bool isOver, CancellationToken cancellationToken)
    {
        try
        {
            await (isOver ? breaks.End(change.Neighbour, change.Host, cancellationToken) : breaks.Keep(change, cancellationToken));
        }
        catch (NpgsqlException)
        {
            // The next change, or its age, mends what the others see.
        }
    }
}
