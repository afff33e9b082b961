namespace Notifications.Api.Chains;

public static class ChainRegistration
{
    public static void AddChains(this IServiceCollection services) => services.AddSingleton<RescheduleRequestValidator>();

    public static void MapChains(this IEndpointRouteBuilder routes)
    {
        routes.MapGetChain();
        routes.MapPutCancelChain();
        routes.MapPutCancelShipment();
        routes.MapPutReschedule();
    }
}
