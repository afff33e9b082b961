using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Workflow;

/// <summary>The order's machine on its real repository, outbox and tables, and a bus that only this process knows.</summary>
internal static class WorkflowRegistration
{
    public static IServiceCollection AddWorkflow(this IServiceCollection services)
    {
        // The bus of another test may have left its own.
        LogContext.Current = null;
        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddPostgresOutbox<NotificationsDbContext>();
            bus.AddSagaStateMachine<OrderStateMachine, OrderState, OrderStateDefinition>().PostgresRepository(r => r.ExistingDbContext<NotificationsDbContext>());
            bus.UsingInMemory((context, memory) =>
            {
                memory.UsePostgresScheduler(context);
                memory.ConfigureEndpoints(context);
            });
        });
    }
}
