namespace Notifications.Api.Reports;

/// <summary>What providers tell us later about messages.</summary>
public static class ReportRegistration
{
    public static void AddReports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(ReportSettings.Read(configuration));
        services.AddSingleton<ReportIntake>();
    }

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapPostEmailReports();
        routes.MapPostSmtpReports();
        routes.MapPostSmsReports();
        routes.MapGetUnmatchedReports();
    }
}
