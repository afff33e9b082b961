using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace Notifications.Durability;

/// <summary>Gives every consume context the scheduler.</summary>
sealed class PostgresSchedulerFilter(Lazy<TimerStore> store) : IFilter<ConsumeContext>
{
    public void Probe(ProbeContext context) => context.CreateFilterScope("postgresScheduler");

    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context, Create));
        return next.Send(context);
    }

    MessageScheduler Create(ConsumeContext context)
        => new MessageScheduler(new PostgresScheduleMessageProvider(context, context, store.Value), context.GetPayload<IBusTopology>());
}
