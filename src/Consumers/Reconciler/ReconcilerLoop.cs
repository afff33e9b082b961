using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting;
using Notifications.Store;
using Npgsql;

namespace Notifications.Consumers.Reconciler;

/// <summary>
/// Drives again what the database shows to stand still, so that a lost message, a lost broker or a killed process costs time and nothing
/// else. Any number of hosts may run it.
/// </summary>
public sealed partial class ReconcilerLoop(
    NpgsqlDataSource database, IUnitOfWorkFactory work, ChannelProviders providers, ProviderCalls calls, ProviderPauses pauses, CountDuplicates duplicates, TimeProvider clock, ILogger<ReconcilerLoop> logger)
    : Rounds
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>While messages wait for a provider to take them again.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than any call to a provider may take, so that only calls nobody waits for any more are given up.</summary>
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(30);

    private bool _isPaused;

    protected override async Task Round(CancellationToken cancellationToken)
    {
        while (await Pass(cancellationToken))
            continue;
    }

    protected override Task Rest(CancellationToken cancellationToken) => Task.Delay(_isPaused ? ShortPause : Pause, clock, cancellationToken);

    protected override void Failed(string reason) => PassFailed(logger, reason);

    /// <summary>Returns whether there may be more to do at once.</summary>
    public async Task<bool> Pass(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var still = await Reconcile.Look(database, now - ClaimPatience, now, cancellationToken);
        _isPaused = still.Pauses;
        if (still == WhatStandsStill.Nothing)
            return false;

        var full = false;
        if (still.Claims)
            full |= await Step((transaction, now) => GiveUpClaims(transaction, now, cancellationToken), cancellationToken);
        if (still.Pauses)
            await pauses.Forget(cancellationToken);
        if (still.HandOffs)
            full |= await Step((transaction, now) => HandOff(transaction, now, cancellationToken), cancellationToken);
        if (still.Expiries)
            full |= await Step((transaction, now) => Tell(transaction, Reconcile.Expire(transaction.Transaction, now, cancellationToken), cancellationToken), cancellationToken);
        if (still.Reports)
            full |= await Step((transaction, now) => Tell(transaction, ApplyReports.ApplyParked(transaction.Transaction, now, cancellationToken), cancellationToken), cancellationToken);
        if (still.Shipments)
            full |= await Step((transaction, now) => Drive(transaction, now, cancellationToken), cancellationToken);
        return full;
    }

    private async Task<bool> Step(Func<OutboxTransaction, DateTimeOffset, Task<int>> step, CancellationToken cancellationToken)
    {
        await using var transaction = await work.BeginTransaction(cancellationToken);
        var count = await step(transaction, clock.GetUtcNow());
        await transaction.Commit(cancellationToken);
        return count >= Reconcile.BatchSize;
    }

    private async Task<int> GiveUpClaims(OutboxTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unknown = await Reconcile.GiveUpClaims(transaction.Transaction, providers.KnowingRepeats, now - ClaimPatience, now, cancellationToken);
        await duplicates.NotRepeated(unknown, cancellationToken);
        return 0;
    }

    private async Task<int> HandOff(OutboxTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var channel in providers.Channels)
        {
            var due = await Due(transaction, channel, now, cancellationToken);
            foreach (var notification in due)
                await HandOff(transaction, channel, notification, cancellationToken);
            most = Math.Max(most, due.Count);
        }
        return most;
    }

    private static Task HandOff(OutboxTransaction transaction, Channel channel, WaitingNotification notification, CancellationToken cancellationToken) => channel.Name switch
    {
        nameof(Channel.Email) when notification.HasAttachments => transaction.Send(Addresses.ComposedEmail, new SendComposedEmail(notification.Id), cancellationToken),
        nameof(Channel.Email) => transaction.Send(Addresses.Email, new SendEmail(notification.Id), cancellationToken),
        nameof(Channel.Sms) => transaction.Send(Addresses.Sms, new SendSms(notification.Id), cancellationToken),
        var other => transaction.Send(Addresses.Of(other), new SendOverChannel(notification.Id), cancellationToken),
    };

    /// <summary>What the providers do not take now stays where it is: in the database, in its order.</summary>
    private async Task<IReadOnlyList<WaitingNotification>> Due(OutboxTransaction transaction, Channel channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = providers.Of(channel);
        if (accounts.Count > 1)
        {
            var closed = (await pauses.Current(cancellationToken)).Where(p => p.Sender == ProviderPause.Everybody && p.Until > now).Select(p => p.Provider).ToArray();
            accounts = [.. accounts.Where(a => !closed.Contains(a.Name, StringComparer.Ordinal))];
        }
        var most = 0;
        foreach (var account in accounts)
            most += account.Pace is { } pace ? await calls.Free(account.Name, pace, cancellationToken) : Reconcile.BatchSize;
        return await Reconcile.DueForHandOff(transaction.Transaction, channel, [.. accounts.Select(a => a.Name)], Math.Min(most, Reconcile.BatchSize), now, cancellationToken);
    }

    private static async Task<int> Drive(OutboxTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await Reconcile.StandingStill(transaction.Transaction, now, cancellationToken);
        foreach (var shipment in standing)
        {
            if (shipment.IsSettled)
                await transaction.Publish(new NotificationsSettled(shipment.Id), cancellationToken);
            else
                await transaction.Publish(new ShipmentStoodStill(shipment.Id), cancellationToken);
        }
        return standing.Count;
    }

    private static async Task<int> Tell(OutboxTransaction transaction, Task<IReadOnlyList<ShipmentNews>> shipments, CancellationToken cancellationToken)
    {
        var news = await shipments;
        await transaction.Tell(news, cancellationToken);
        return news.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reconciler could not look for what stands still ({Reason}). Trying on.")]
    private static partial void PassFailed(ILogger logger, string reason);
}
