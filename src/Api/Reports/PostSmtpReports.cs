using System.Text;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>
/// <c>POST /reports/smtp</c>: a delivery status notification (RFC 3464) as the mail server wrote it, a whole e-mail, from where it takes in the
/// mail for our senders. The secret is the query parameter <c>code</c>, the same as for the other reports on e-mail.
/// </summary>
public static class PostSmtpReports
{
    public static void MapPostSmtpReports(this IEndpointRouteBuilder routes) => routes.MapPost("/reports/smtp", Handle).WithReportSize().ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, string? code, ReportSettings settings, ReportIntake intake)
    {
        if (!ReportSettings.Same(code, settings.EmailSecret))
            return Results.Unauthorized();

        using var text = new StreamReader(http.Request.Body, Encoding.Latin1);
        await intake.Take(DeliveryStatus.Read(await text.ReadToEndAsync(http.RequestAborted)), http.RequestAborted);
        return Results.Ok();
    }
}
