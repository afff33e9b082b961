using Notifications.Consumers.Email;
using Notifications.Hosting.Health;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>Settles attempts that nobody made, and asks the e-mail provider about a message that nobody sent.</summary>
internal sealed class HandOffWarmUp(AttemptLedger ledger, AcsEmail acs) : IWarmUp
{
    private const int Rounds = 20;

    public async Task Warm(CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await ledger.Settle(new SettledAttempt(Guid.Empty, 0, AttemptOutcome.Accepted, NotificationState.Sending));
            await ledger.Settle(new SettledAttempt(Guid.Empty, 0, AttemptOutcome.Refused, NotificationState.Failed));
            if (!await acs.Knock(cancellationToken))
                return;
        }
    }
}
