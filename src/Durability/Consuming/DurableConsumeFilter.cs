using System.Diagnostics;
using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Notifications.Durability;

/// <summary>Runs the rest of the pipeline as one step: once if all goes well, again when another step came first.</summary>
sealed class DurableConsumeFilter<TMessage>(IConsumeScopeProvider scopes, IServiceProvider services, OutboxConsumeOptions options, bool loadsSaga)
    : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    readonly Lazy<DurableConsumption> _consumption = new(services.GetRequiredService<DurableConsumption>);

    public void Probe(ProbeContext context) => context.CreateFilterScope("postgresOutbox");

    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var elapsed = Stopwatch.StartNew();
        await using var scope = await scopes.GetScope(context);
        var consumption = _consumption.Value;
        var key = new InboxKey(
            context.GetOriginalMessageId() ?? throw new MessageException(typeof(TMessage), "The outbox needs messages with a message id."),
            options.ConsumerId);

        for (var attempt = 0; ; attempt++)
        {
            await using var step = consumption.Steps.Begin(key);
            var consumed = new DurableConsumeContext<TMessage>(
                scope.Context, options, scope.GetService<IServiceProvider>(), step, consumption.Capture);
            try
            {
                await Run(consumed, step, scope, next);
            }
            catch (MessageConsumedBeforeException)
            {
                await context.NotifyConsumed(context, elapsed.Elapsed, options.ConsumerType);
                return;
            }
            catch (SagaConflictException) when (elapsed.Elapsed < consumption.RetryLimit && !context.CancellationToken.IsCancellationRequested)
            {
                await step.DisposeAsync();
                await Task.Delay(Patience.Pause(attempt), context.CancellationToken);
                continue;
            }
            catch (Exception exception)
            {
                await consumed.Failed(elapsed.Elapsed, exception);
                throw;
            }

            consumption.Timers.Watch(step.Writes.Timers);
            await consumption.Delivery.Deliver(step.Writes.Messages, context.CancellationToken);
            await consumed.Succeeded();
            return;
        }
    }

    async Task Run(DurableConsumeContext<TMessage> context, Step step, IConsumeScopeContext<TMessage> scope, IPipe<ConsumeContext<TMessage>> next)
    {
        using var current = scope.PushConsumeContext(context);
        if (!loadsSaga)
            await step.CheckInbox(context.CancellationToken);

        await next.Send(context);
        await context.ConsumeCompleted;
        await step.Commit(context.CancellationToken);
    }
}
