using MassTransit;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Recipients;
using Notifications.Consumers.Reconciler;
using Notifications.Consumers.Sms;
using Notifications.Hosting.Health;
using Notifications.Hosting.Settings;
using Notifications.Sagas;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Consumers;

/// <summary>Everything the worker does; also hosted by the api when it is embedded.</summary>
public static class WorkerRegistration
{
    public static void AddWorker(this IServiceCollection services, IConfiguration configuration)
    {
        var email = configuration.GetSection("Email").Get<EmailSettings>() ?? new EmailSettings();
        var sms = configuration.GetSection("Sms").Get<SmsSettings>() ?? new SmsSettings();
        services.AddSingleton(email);
        services.AddSingleton(sms);
        services.AddSingleton(AcsConnection.Parse(
            NotificationsSettings.Text(configuration, "Email:ConnectionString", "the connection string of the e-mail resource: endpoint=https://…/;accesskey=…")));
        services.AddSingleton(new PswinAccount(
            NotificationsSettings.Address(configuration, "Sms:Endpoint", "the address of the SMS gateway"),
            NotificationsSettings.Text(configuration, "Sms:User", "the SMS gateway's user name"),
            NotificationsSettings.Text(configuration, "Sms:Password", "the SMS gateway's password")));

        services.AddHttpClient<AcsEmail>(client => client.Timeout = email.Timeout);
        services.AddHttpClient<PswinGateway>(client => client.Timeout = sms.Timeout);
        services.AddRecipients(configuration);
        services.AddConditions(configuration);
        services.AddSingleton<AttemptLedger>();
        services.AddSingleton<IWarmUp, WorkerWarmUp>();
        services.AddSingleton<IWarmUp, HandOffWarmUp>();
        services.AddHostedService<ReconcilerLoop>();
    }

    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddSagaStateMachine<OrderStateMachine, OrderState, OrderStateDefinition>()
            .PostgresRepository(r => r.ExistingDbContext<NotificationsDbContext>());
        bus.AddConsumer<CheckConditionConsumer, CheckConditionDefinition>();
        bus.AddConsumer<ResolveRecipientsConsumer, ResolveRecipientsDefinition>();
        bus.AddConsumer<SendEmailConsumer, SendEmailDefinition>();
        bus.AddConsumer<SendSmsConsumer, SendSmsDefinition>();
    }
}
