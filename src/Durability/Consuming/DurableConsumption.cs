using Microsoft.Extensions.Options;

namespace Notifications.Durability;

/// <summary>What every consume filter of a host shares.</summary>
sealed record DurableConsumption(
    StepFactory Steps, MessageCapture Capture, OutboxDelivery Delivery, TimerDispatcher Timers, IOptions<PostgresOutboxOptions> Options)
{
    public TimeSpan RetryLimit => Options.Value.RetryLimit;
}
