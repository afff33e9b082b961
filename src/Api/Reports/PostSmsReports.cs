using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Notifications.Api.Wire;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>
/// <c>POST /reports/sms</c>: delivery reports of LINK Mobility's gateway, behind Basic authentication: XML with several messages in one body
/// (XMLHTTP2), or JSON of the Common interface.
/// </summary>
public static class PostSmsReports
{
    /// <summary>What the XML interface's states mean. Any other says nothing final: an intermediate state, or one that is not known here.</summary>
    internal static readonly FrozenDictionary<string, NotificationState> States = new Dictionary<string, NotificationState>(StringComparer.Ordinal)
    {
        ["DELIVRD"] = NotificationState.Delivered,
        ["EXPIRED"] = NotificationState.Failed_Expired,
        ["DELETED"] = NotificationState.Failed_Deleted,
        ["UNDELIV"] = NotificationState.Failed_Undelivered,
        ["REJECTD"] = NotificationState.Failed_Rejected,
        ["BARRED"] = NotificationState.Failed_BarredReceiver,
        ["BARREDA"] = NotificationState.Failed_BarredReceiver,
        ["BARREDT"] = NotificationState.Failed_BarredReceiver,
        ["BARREDC"] = NotificationState.Failed_BarredReceiver,
        ["FAILED"] = NotificationState.Failed,
        ["NULL"] = NotificationState.Failed,
        ["UNKNOWN"] = NotificationState.Failed,
        ["ZEROBAL"] = NotificationState.Failed,
        ["ZERO_BAL"] = NotificationState.Failed,
        ["INV_NET"] = NotificationState.Failed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapPostSmsReports(this IEndpointRouteBuilder routes) => routes.MapPost("/reports/sms", Handle).WithReportSize().ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, ReportSettings settings, ReportIntake intake)
    {
        if (!IsLink(http.Request, settings))
            return Results.Unauthorized();

        if (http.Request.HasJsonContentType())
            return await HandleJson(http, intake);

        XElement[] messages;
        try
        {
            messages = [.. (await Read(http)).Descendants("MSG")];
        }
        catch (XmlException)
        {
            return Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$"] = ["The body is not an XML list of reports."] });
        }

        await intake.Take([.. messages.Select(Report).OfType<ReceivedReport>()], http.RequestAborted);
        return Results.Text(Acknowledgement(messages), "text/xml; charset=utf-8", Encoding.UTF8);
    }

    private static async Task<IResult> HandleJson(HttpContext http, ReportIntake intake)
    {
        var (body, problem) = await JsonBody.Read(http.Request);
        if (body is null)
            return problem!;

        using (body)
            await intake.Take(CommonReports.Of(body.RootElement), http.RequestAborted);
        return Results.Ok();
    }

    private static bool IsLink(HttpRequest request, ReportSettings settings)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Basic" || header.Parameter is null)
            return false;
        var decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out var length))
            return false;
        return ReportSettings.Same(Encoding.UTF8.GetString(decoded, 0, length), $"{settings.SmsUser}:{settings.SmsPassword}");
    }

    private static async Task<XElement> Read(HttpContext http)
    {
        var charset = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.CharSet : null;
        using var text = new StreamReader(http.Request.Body, string.Equals(charset, "utf-8", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1);
        return GatewayXml.Load(await text.ReadToEndAsync(http.RequestAborted));
    }

    private static ReceivedReport? Report(XElement message) =>
        message.Element("REF")?.Value is { Length: > 0 } reference && message.Element("STATE")?.Value is { Length: > 0 } state
            ? new ReceivedReport(Providers.Link, Channel.Sms, $"{reference}:{state}", reference, state, States.TryGetValue(state, out var means) ? means : null)
            : null;

    private static string Acknowledgement(XElement[] messages) => new XDeclaration("1.0", null, null) + new XElement("MSGLST",
        messages.Select(m => new XElement("MSG", new XElement("ID", m.Element("ID")?.Value ?? "1"), new XElement("STATUS", "OK")))).ToString(SaveOptions.DisableFormatting);
}
