using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>The call for one claimed message: not made where the address is known to be bad, told to the gate, and settled.</summary>
public sealed class ProviderCall(IServiceProvider providers, AttemptLedger ledger, ProviderGate gate, TimeProvider clock)
{
    public async Task Make(ClaimedNotification message)
    {
        var verdict = Verdict.OfAddress(message) ?? await Send(message);
        await ledger.Settle(verdict.Settle(message, clock.GetUtcNow()));
    }

    /// <summary>The call alone, whatever is known of the address; it is to be settled.</summary>
    public async Task<Verdict> Send(ClaimedNotification message)
    {
        var verdict = await providers.GetRequiredKeyedService<IMessageProvider>(message.Provider).Send(message, CancellationToken.None);
        await gate.Heed(message, verdict);
        return verdict;
    }
}
