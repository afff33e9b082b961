using Notifications.Consumers.Conditions;
using Notifications.Sagas;

namespace Notifications.Api.Foresight;

/// <summary>What an order would do, and who could be reached, without ordering anything.</summary>
public static class ForesightRegistration
{
    public static void AddForesight(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddConditions(configuration);
        services.AddSingleton<LookupQuota>();
        services.AddSingleton<ChannelRules>();
        services.AddTransient<DryRun>();
        services.AddTransient<Reachability>();
        services.AddSingleton<ReachabilityRequestValidator>();
    }

    public static void MapForesight(this IEndpointRouteBuilder routes) => routes.MapPostReachability();
}
