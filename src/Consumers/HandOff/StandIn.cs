using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// Takes messages in the place of every provider where the environment sends to listed addresses only. Nobody gets them; each ends as
/// <see cref="MagicRecipients"/> has it. What it says is no report, so bounce care learns nothing from it.
/// </summary>
public sealed class StandIn : IMessageProvider
{
    public Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken)
    {
        var fate = MagicRecipients.FateOf(message.Address);
        var isRefused = fate is NotificationState.Failed_InvalidFormat or NotificationState.Failed_InvalidRecipient or NotificationState.Failed_PayloadTooLarge;
        return Task.FromResult(new Verdict(isRefused ? AttemptOutcome.Refused : AttemptOutcome.Accepted, fate, $"reached nobody, the address is not on the list of test recipients: {fate}"));
    }
}
