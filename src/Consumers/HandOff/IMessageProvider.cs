using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// Hands claimed messages of one channel to somebody who takes them. One for each account, kept by its name in the ledger; a protocol is a
/// class, and a further channel has a class of its own.
/// </summary>
public interface IMessageProvider
{
    Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken);
}
