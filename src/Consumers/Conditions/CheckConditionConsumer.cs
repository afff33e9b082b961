using MassTransit;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Consumers.Conditions;

/// <summary>Asks the send condition of a shipment, and says what it answered. Decides nothing.</summary>
public sealed class CheckConditionConsumer(ReadConditions conditions, SendConditions questions, TimeProvider clock) : IConsumer<CheckCondition>
{
    public async Task Consume(ConsumeContext<CheckCondition> context)
    {
        var shipmentId = context.Message.ShipmentId;
        if (await conditions.Of(shipmentId, context.CancellationToken) is not { } condition)
            return;

        var askedAt = clock.GetUtcNow();
        await (await questions.Ask(condition, shipmentId, context.CancellationToken) switch
        {
            true => context.Publish(new ConditionMet(shipmentId, askedAt)),
            false => context.Publish(new ConditionNotMet(shipmentId)),
            null => context.Publish(new ConditionUnknown(shipmentId)),
        });
    }
}

/// <summary>Wide, for a question is little work and its answer may be slow.</summary>
public sealed class CheckConditionDefinition() : WorkDefinition<CheckConditionConsumer>(Addresses.ConditionsQueue, atOnce: 256, atHand: 256, usesOutbox: true);
