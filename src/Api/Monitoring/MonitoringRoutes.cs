using System.Text;
using Notifications.Api.Access;
using Notifications.Api.History;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Monitoring;

/// <summary>The pages for those who operate the service. They ask for the key <c>Monitor:ApiKey</c>; a sandbox that sets none shows them to everybody.</summary>
public static class MonitoringRoutes
{
    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var settings = routes.ServiceProvider.GetRequiredService<NotificationsSettings>();
        var key = routes.ServiceProvider.GetRequiredService<IConfiguration>()["Monitor:ApiKey"];
        var pages = routes.MapGroup(Monitoring.View.Root).ExcludeFromDescription();
        if (!IsOpen(settings, key))
            pages.AddEndpointFilter(new ApiKey("Monitor", key));

        pages.MapGet("", OverviewPage.Show);
        pages.MapGet("/shipments", ShipmentsPage.Show);
        pages.MapGet("/shipments/{id:guid}", ShipmentPage.Show);
        pages.MapGet("/style.css", () => Results.Text(Stylesheet.Text, "text/css", Encoding.UTF8));
    }

    internal static bool IsOpen(NotificationsSettings settings, string? key) => settings.Sandbox is not null && string.IsNullOrEmpty(key);

    internal static View View(HttpContext http, string? language, TimeProvider clock) =>
        new(Tongue.Of(language ?? http.Request.Headers.AcceptLanguage.ToString()), clock.GetUtcNow());

    internal static IResult Page(HttpContext http, Html page, int status = StatusCodes.Status200OK)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    internal static IResult NotThere(HttpContext http, View view) =>
        Page(http, view.Page(view.Words.NotThere, "", Html.Nothing), StatusCodes.Status404NotFound);
}
