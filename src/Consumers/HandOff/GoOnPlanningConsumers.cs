using MassTransit;
using Notifications.Contracts;

namespace Notifications.Consumers.HandOff;

/// <summary>Stands behind a part of a shipment's e-mails.</summary>
public sealed class GoOnBehindEmails : GoOnPlanningConsumer;

/// <summary>Stands behind a part of a shipment's SMS.</summary>
public sealed class GoOnBehindSms : GoOnPlanningConsumer;

/// <summary>Lets a shipment of many recipients go on when its messages before have been taken from their queue. One that is lost costs the time that the saga stands still.</summary>
public abstract class GoOnPlanningConsumer : IConsumer<GoOnPlanning>
{
    public Task Consume(ConsumeContext<GoOnPlanning> context) =>
        context.Publish(new PlanMoreNotifications(context.Message.ShipmentId, context.Message.FromRecipient));
}

public sealed class GoOnBehindEmailsDefinition : ConsumerDefinition<GoOnBehindEmails>
{
    public GoOnBehindEmailsDefinition() => EndpointName = Addresses.EmailQueue;
}

public sealed class GoOnBehindSmsDefinition : ConsumerDefinition<GoOnBehindSms>
{
    public GoOnBehindSmsDefinition() => EndpointName = Addresses.SmsQueue;
}
