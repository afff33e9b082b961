using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.HandOff;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Channels.Mailbox;

/// <summary>The registration of a channel that the product does not have.</summary>
public static class MailboxChannel
{
    public const string Provider = "mailbox";

    public static readonly Channel Channel = Channel.Named("Mailbox");

    public static IServiceCollection AddMailbox(this IServiceCollection services)
    {
        services.RegisterConsumer<SendToMailboxConsumer, SendToMailboxDefinition>();
        services.AddSingleton<ChannelRule>(MailboxRule.Apply);
        services.AddSingleton<MailboxProvider>();
        services.AddMessageProvider(new ProviderAccount(Provider, Channel), all => all.GetRequiredService<MailboxProvider>());
        return services;
    }
}
