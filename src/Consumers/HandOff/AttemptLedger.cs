using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;
using Npgsql;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// The claim before a call to a provider and the settlement after it, many calls in one write. Nothing is sent without a claim of its own,
/// and a claim is given once.
/// </summary>
public sealed class AttemptLedger : IAsyncDisposable
{
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(1);

    private readonly GroupWriter<Guid, ClaimedNotification?> _emailClaims;
    private readonly GroupWriter<Guid, ClaimedNotification?> _composedClaims;
    private readonly GroupWriter<Guid, ClaimedNotification?> _smsClaims;
    private readonly GroupWriter<SettledAttempt, bool> _settlements;
    private readonly ClaimNotifications _claims;
    private readonly PutOffHandOffs _putOff;
    private readonly ChannelPaces _paces;
    private readonly ProviderCalls _calls;
    private readonly IUnitOfWorkFactory _work;
    private readonly TimeProvider _clock;

    public AttemptLedger(ClaimNotifications claims, PutOffHandOffs putOff, ChannelProviders providers, ChannelPaces paces, ProviderCalls calls, IUnitOfWorkFactory work, TimeProvider clock)
    {
        _claims = claims;
        _putOff = putOff;
        _paces = paces;
        _calls = calls;
        _work = work;
        _clock = clock;
        _emailClaims = new((ids, cancellationToken) => Claim(Channel.Email, providers.Email, ids, cancellationToken));
        _composedClaims = new((ids, cancellationToken) => Claim(Channel.Email, providers.Email, ids, cancellationToken, hasAttachments: true));
        _smsClaims = new((ids, cancellationToken) => Claim(Channel.Sms, providers.Sms, ids, cancellationToken));
        _settlements = new(Settle);
    }

    /// <summary>
    /// Null when the notification is not this caller's to send. Not to be cancelled: a claim that nobody waits for any more, as after the
    /// loss of the broker's connection, would be an SMS that is never sent.
    /// </summary>
    public Task<ClaimedNotification?> Claim(Channel channel, Guid notificationId) =>
        (channel == Channel.Email ? _emailClaims : _smsClaims).Write(notificationId, CancellationToken.None);

    /// <summary>As <see cref="Claim(Channel, Guid)"/>, of an e-mail with attachments.</summary>
    public Task<ClaimedNotification?> ClaimComposed(Guid notificationId) => _composedClaims.Write(notificationId, CancellationToken.None);

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

    private async Task<IReadOnlyList<ClaimedNotification?>> Claim(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        var pace = _paces.Of(channel);
        var claimed = (pace is null
            ? await _claims.Claim(channel, provider, ids, cancellationToken, hasAttachments)
            : await _claims.ClaimPaced(channel, provider, ids, pace, cancellationToken, hasAttachments)).ToDictionary(c => c.Id);
        if (ids.Where(id => !claimed.ContainsKey(id)).ToArray() is { Length: > 0 } unclaimed)
        {
            if (pace is not null && await _calls.Free(provider, pace, cancellationToken) == 0)
            {
                await _claims.WaitForPace(channel, unclaimed, cancellationToken);
            }
            else if (await _claims.GoAhead(channel, provider, unclaimed, cancellationToken, hasAttachments) is { } ahead)
            {
                claimed.Add(ahead.Id, ahead);
                if (pace is not null)
                    await _calls.Count(provider, pace, 1, cancellationToken);
            }
            await AskConditions(await _putOff.PutOff(unclaimed, cancellationToken), cancellationToken);
        }
        return [.. ids.Select(id => claimed.Remove(id, out var mine) ? mine : null)];
    }

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
        await using var transaction = await _work.BeginTransaction(cancellationToken);
        await transaction.Tell(await SettleAttempts.Settle(transaction.Transaction, outcomes, _clock.GetUtcNow(), cancellationToken), cancellationToken);
        await transaction.Commit(cancellationToken);
        return [.. outcomes.Select(_ => true)];
    }

    public async ValueTask DisposeAsync()
    {
        await _emailClaims.DisposeAsync();
        await _composedClaims.DisposeAsync();
        await _smsClaims.DisposeAsync();
        await _settlements.DisposeAsync();
    }
}
