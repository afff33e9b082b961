using MassTransit;
using Notifications.Consumers.Admission;
using Notifications.Consumers.Attachments;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Recipients;
using Notifications.Consumers.Reconciler;
using Notifications.Consumers.Sms;
using Notifications.Consumers.Webhooks;
using Notifications.Hosting.Health;
using Notifications.Sagas;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Consumers;

/// <summary>Everything the worker does; also hosted by the api when it is embedded.</summary>
public static class WorkerRegistration
{
    public static void AddWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviders(configuration);
        services.AddRecipients(configuration);
        services.AddConditions(configuration);
        services.AddWebhookDelivery(configuration);
        services.AddAttachments(configuration);
        services.AddSingleton<ChannelRules>();
        services.AddSingleton<IWarmUp, WorkerWarmUp>();
        services.AddSingleton<IWarmUp, HandOffWarmUp>();
        services.AddHostedService<AdmissionLoop>();
        services.AddHostedService<ReconcilerLoop>();
        services.AddHostedService<OperationWatch>();
    }

    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddSagaStateMachine<OrderStateMachine, OrderState, OrderStateDefinition>()
            .PostgresRepository(r => r.ExistingDbContext<NotificationsDbContext>());
        bus.AddConsumer<CheckConditionConsumer, CheckConditionDefinition>();
        bus.AddConsumer<ResolveRecipientsConsumer, ResolveRecipientsDefinition>();
        bus.AddConsumer<FetchAttachmentsConsumer, FetchAttachmentsDefinition>();
        bus.AddConsumer<SendEmailConsumer, SendEmailDefinition>();
        bus.AddConsumer<GoOnBehindEmails, GoOnBehindEmailsDefinition>();
        bus.AddConsumer<SendComposedEmailConsumer, SendComposedEmailDefinition>();
        bus.AddConsumer<SendSmsConsumer, SendSmsDefinition>();
        bus.AddConsumer<GoOnBehindSms, GoOnBehindSmsDefinition>();
    }
}
