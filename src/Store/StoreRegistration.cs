using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Notifications.Store;

public static class StoreRegistration
{
    public static IServiceCollection AddStore(this IServiceCollection services) => services
        .AddDbContext<NotificationsDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()))
        .AddSingleton<AppEvents>()
        .AddSingleton<AttachmentFiles>()
        .AddSingleton<Backlogs>()
        .AddSingleton<BadAddresses>()
        .AddSingleton<ClaimNotifications>()
        .AddSingleton<FeedEvents>()
        .AddSingleton<FindNotifications>()
        .AddSingleton<FindShipments>()
        .AddSingleton<InstantHandOffs>()
        .AddSingleton<KeepLookups>()
        .AddSingleton<CountDuplicates>()
        .AddSingleton<KeptTemplates>()
        .AddSingleton<NeighbourBreaks>()
        .AddSingleton<ProviderCalls>()
        .AddSingleton<ProviderPauses>()
        .AddSingleton<PutOffHandOffs>()
        .AddSingleton<ReadAttempts>()
        .AddSingleton<ReadConditions>()
        .AddSingleton<ReadFallbacks>()
        .AddSingleton<ReadFeed>()
        .AddSingleton<ReadLog>()
        .AddSingleton<ReadHistory>()
        .AddSingleton<ReadMetrics>()
        .AddSingleton<ReadOverview>()
        .AddSingleton<ReadRecipients>()
        .AddSingleton<ReadReports>()
        .AddSingleton<ReadRules>()
        .AddSingleton<ReadShipments>()
        .AddSingleton<ReserveOrders>()
        .AddSingleton<TestRecipients>()
        .AddSingleton<UnreportedEmails>()
        .AddSingleton<VerifiedSenders>()
        .AddSingleton<WebhookLeases>();
}
