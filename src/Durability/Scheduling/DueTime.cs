using MassTransit;

namespace Notifications.Durability;

/// <summary>The absolute time that a caller of the scheduler gave.</summary>
sealed class DueTime(DateTimeOffset time)
{
    /// <summary>
    /// MassTransit computes the time of a redelivery from the machine's clock plus a delay; it is moved to the workflow's clock here.
    /// </summary>
    public DateTimeOffset Of(SendContext context, TimeProvider clock)
    {
        if (context.Headers.Get<int>(MessageHeaders.RedeliveryCount) is null)
            return time;

        return clock.GetUtcNow() + (time - TimeProvider.System.GetUtcNow());
    }
}
