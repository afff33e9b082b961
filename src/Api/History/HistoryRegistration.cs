namespace Notifications.Api.History;

public static class HistoryRegistration
{
    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGetHistory();
        routes.MapGetExplanation();
    }
}
