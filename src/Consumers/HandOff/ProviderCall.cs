using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>The call for one claimed message: not made where the address is known to be bad, told to the gate, and settled.</summary>
public sealed class ProviderCall(AttemptLedger ledger, ProviderGate gate, TimeProvider clock)
{
    public async Task Make(Channel channel, ClaimedNotification message, Func<Task<Verdict>> send)
    {
        var verdict = Verdict.OfAddress(message);
        if (verdict is null)
        {
            verdict = await send();
            await gate.Heed(channel, message, verdict);
        }
        await ledger.Settle(verdict.Settle(message, clock.GetUtcNow()));
    }
}
