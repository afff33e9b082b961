using System.Collections.Concurrent;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Channels.Mailbox;

/// <summary>Keeps what it is given.</summary>
public sealed class MailboxProvider : IMessageProvider
{
    public ConcurrentQueue<ClaimedNotification> Taken { get; } = [];

    public Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken)
    {
        Taken.Enqueue(message);
        return Task.FromResult(new Verdict(AttemptOutcome.Accepted, NotificationState.Accepted, "taken"));
    }
}
