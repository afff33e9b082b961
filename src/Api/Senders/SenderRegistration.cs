namespace Notifications.Api.Senders;

public static class SenderRegistration
{
    public static void AddSenders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SenderSettings.Read(configuration));
        services.AddSingleton<SenderControl>();
    }

    public static void MapSenders(this IEndpointRouteBuilder routes)
    {
        routes.MapGetSenders();
        routes.MapPutSender();
    }
}
