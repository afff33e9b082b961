using System.Globalization;
using Notifications.Store;

namespace Notifications.Api.Metrics;

/// <summary><c>GET /metrics</c>: a page that asks for a month; <c>POST /metrics</c>: what each creator ordered and sent in it.</summary>
internal static class MetricsPage
{
    private const int FirstYear = 2000;
    private const int LastYear = 9000;

    public static void MapMetricsPage(this IEndpointRouteBuilder metrics)
    {
        metrics.MapGet("", (HttpContext http, TimeProvider clock) => Page(http, new MetricsHtml(clock.GetUtcNow().Year, clock.GetUtcNow().Month)));
        metrics.MapPost("", Show);
    }

    private static async Task<IResult> Show(HttpContext http, ReadMetrics read, TimeProvider clock)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        if (Number(form["year"]) is not { } year || Number(form["month"]) is not { } month || year is < FirstYear or > LastYear || month is < 1 or > 12)
            return Page(http, new MetricsHtml(clock.GetUtcNow().Year, clock.GetUtcNow().Month) { Error = "Choose a month, and a year such as 2026." }, StatusCodes.Status400BadRequest);

        return Page(http, new MetricsHtml(year, month) { Creators = await MonthlyMetrics.Of(year, month, read, http.RequestAborted) });
    }

    private static IResult Page(HttpContext http, MetricsHtml page, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
