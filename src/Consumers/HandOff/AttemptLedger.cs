using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;
using Npgsql;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// The claim before a call to a provider and the settlement after it, many calls in one write. Nothing is sent without a claim of its own,
/// and a claim is given once, whoever of the channel's providers is to be called.
/// </summary>
public sealed class AttemptLedger : IAsyncDisposable
{
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(ProviderAccount First, bool HasAttachments), GroupWriter<Guid, ClaimedNotification?>> _groups = [];
    private readonly GroupWriter<SettledAttempt, bool> _settlements;
    private readonly ClaimNotifications _claims;
    private readonly PutOffHandOffs _putOff;
    private readonly ChannelProviders _providers;
    private readonly ProviderCalls _calls;
    private readonly CountDuplicates _duplicates;
    private readonly IUnitOfWorkFactory _work;
    private readonly TimeProvider _clock;

    public AttemptLedger(
        ClaimNotifications claims, PutOffHandOffs putOff, ChannelProviders providers, ProviderCalls calls, CountDuplicates duplicates, IUnitOfWorkFactory work, TimeProvider clock)
    {
        _claims = claims;
        _putOff = putOff;
        _providers = providers;
        _calls = calls;
        _duplicates = duplicates;
        _work = work;
        _clock = clock;
        _settlements = new(Settle);
        foreach (var account in providers.Channels.SelectMany(providers.Of))
        {
            AddGroup(account, hasAttachments: false);
            AddGroup(account, hasAttachments: true);
        }
    }

    /// <summary>
    /// Null when the notification is not this caller's to send. Not to be cancelled: a claim that nobody waits for any more, as after the
    /// loss of the broker's connection, would be an SMS that is never sent.
    /// </summary>
    public Task<ClaimedNotification?> Claim(Channel channel, Guid notificationId) => Group(channel, hasAttachments: false).Write(notificationId, CancellationToken.None);

    /// <summary>As <see cref="Claim(Channel, Guid)"/>, of an e-mail with attachments.</summary>
    public Task<ClaimedNotification?> ClaimComposed(Guid notificationId) => Group(Channel.Email, hasAttachments: true).Write(notificationId, CancellationToken.None);

    /// <summary>Records an outcome that is known now and nowhere else, so a database that is away for a moment is waited for.</summary>
    public async Task Settle(SettledAttempt outcome)
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                await _settlements.Write(outcome, CancellationToken.None);
                return;
            }
            catch (NpgsqlException) when (_clock.GetElapsedTime(started) < SettlePatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _clock);
            }
        }
    }

    private void AddGroup(ProviderAccount first, bool hasAttachments)
    {
        var inTurn = _providers.From(first);
        _groups[(first, hasAttachments)] = new((ids, cancellationToken) => Claim(inTurn, ids, hasAttachments, cancellationToken));
    }

    private GroupWriter<Guid, ClaimedNotification?> Group(Channel channel, bool hasAttachments) => _groups[(_providers.Next(channel), hasAttachments)];

    /// <summary>For the first of the providers that takes them: none is paused, at its pace, or was the last not to take the message, unless there is no other.</summary>
    private async Task<IReadOnlyList<ClaimedNotification?>> Claim(IReadOnlyList<ProviderAccount> accounts, IReadOnlyList<Guid> ids, bool hasAttachments, CancellationToken cancellationToken)
    {
        var claimed = new Dictionary<Guid, ClaimedNotification>(ids.Count);
        try
        {
            var left = ids;
            foreach (var elsewhereFirst in accounts.Count > 1 ? (bool[])[true, false] : [false])
            {
                foreach (var account in accounts)
                    left = await Claim(account, left, claimed, hasAttachments, elsewhereFirst, cancellationToken);
            }
            if (left.Count > 0)
            {
                await AskConditions(await _putOff.PutOff(left, cancellationToken), cancellationToken);
                await _duplicates.Unclaimed(left, cancellationToken);
            }
        }
        catch (NpgsqlException) when (claimed.Count > 0)
        {
            // What is claimed is to be sent. The database drives the rest again.
        }
        return [.. ids.Select(id => claimed.Remove(id, out var mine) ? mine : null)];
    }

    /// <summary>Returns those that are left.</summary>
    private async Task<IReadOnlyList<Guid>> Claim(
        ProviderAccount account, IReadOnlyList<Guid> ids, Dictionary<Guid, ClaimedNotification> claimed, bool hasAttachments, bool elsewhereFirst, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return ids;

        var (channel, provider, pace) = (account.Channel, account.Name, account.Pace);
        var mine = account.IsPaced
            ? await _claims.ClaimPaced(account, ids, cancellationToken, hasAttachments, elsewhereFirst)
            : await _claims.Claim(channel, provider, ids, cancellationToken, hasAttachments, elsewhereFirst);
        foreach (var notification in mine)
            claimed.Add(notification.Id, notification);
        var left = Left(ids, claimed);
        if (left.Count == 0)
            return left;

        if (pace is not null && await _calls.Free(provider, pace, cancellationToken) == 0)
        {
            await _claims.WaitForPace(channel, left, cancellationToken);
        }
        else if (await _claims.GoAhead(channel, provider, left, cancellationToken, hasAttachments) is { } ahead)
        {
            claimed.Add(ahead.Id, ahead);
            if (pace is not null)
                await _calls.Count(provider, pace, 1, cancellationToken);
            left = Left(left, claimed);
        }
        return left;
    }

    private static IReadOnlyList<Guid> Left(IReadOnlyList<Guid> ids, Dictionary<Guid, ClaimedNotification> claimed) =>
        claimed.Count == 0 ? ids : [.. ids.Where(id => !claimed.ContainsKey(id))];

    private async Task AskConditions(IReadOnlyList<Guid> shipments, CancellationToken cancellationToken)
    {
        if (shipments.Count == 0)
            return;
        var asking = _work.Begin();
        foreach (var shipmentId in shipments)
            await asking.Publish(new HandOffAwaitsCondition(shipmentId), cancellationToken);
        await asking.Commit(cancellationToken);
    }

    private async Task<IReadOnlyList<bool>> Settle(IReadOnlyList<SettledAttempt> outcomes, CancellationToken cancellationToken)
    {
        await using (var transaction = await _work.BeginTransaction(cancellationToken))
        {
            await transaction.Tell(await SettleAttempts.Settle(transaction.Transaction, outcomes, _clock.GetUtcNow(), cancellationToken), cancellationToken);
            await transaction.Commit(cancellationToken);
        }
        await Count(outcomes, cancellationToken);
        return [.. outcomes.Select(_ => true)];
    }

    /// <summary>What is settled stays so, whether or not it can be counted.</summary>
    private async Task Count(IReadOnlyList<SettledAttempt> outcomes, CancellationToken cancellationToken)
    {
        try
        {
            await _duplicates.Settled(outcomes, cancellationToken);
        }
        catch (NpgsqlException)
        {
            // Nobody is the worse for a number that is too small by one.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var group in _groups.Values)
            await group.DisposeAsync();
        await _settlements.DisposeAsync();
    }
}
