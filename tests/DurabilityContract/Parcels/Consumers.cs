using MassTransit;
using Notifications.Durability;

namespace Notifications.Tests.DurabilityContract;

/// <summary>Writes one row for each message it consumes.</summary>
public sealed class WeighedConsumer : IConsumer<ParcelWeighed>
{
    public Task Consume(ConsumeContext<ParcelWeighed> context)
    {
        context.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", $"weighed {context.Message.Id} {context.Message.Weight}"));
        return Task.CompletedTask;
    }
}

/// <summary>Fails at first, so that the message is redelivered later.</summary>
public sealed class NudgeConsumer : IConsumer<Nudge>
{
    public Task Consume(ConsumeContext<Nudge> context)
    {
        if (context.GetRedeliveryCount() == 0)
            throw new InvalidOperationException("not yet");

        context.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", $"nudged {context.Message.Id}"));
        return Task.CompletedTask;
    }
}

public sealed class LateListener : IConsumer<NobodyListens>
{
    public Task Consume(ConsumeContext<NobodyListens> context)
    {
        context.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", $"listened {context.Message.Id}"));
        return Task.CompletedTask;
    }
}
