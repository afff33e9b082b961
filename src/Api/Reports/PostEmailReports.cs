using System.Collections.Frozen;
using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>
/// <c>POST /reports/email</c>: the Event Grid webhook for delivery reports of Azure Communication Services, in the Event Grid and in the
/// CloudEvents schema, with their handshakes. The secret is the query parameter <c>code</c>.
/// </summary>
public static class PostEmailReports
{
    private const string ReportType = "Microsoft.Communication.EmailDeliveryReportReceived";
    private const string HandshakeType = "Microsoft.EventGrid.SubscriptionValidationEvent";

    /// <summary>What the statuses mean. An expanded distribution list is not the end of the message; any other status is not known here.</summary>
    internal static readonly FrozenDictionary<string, NotificationState> States = new Dictionary<string, NotificationState>(StringComparer.Ordinal)
    {
        ["Delivered"] = NotificationState.Delivered,
        ["Bounced"] = NotificationState.Failed_Bounced,
        ["Failed"] = NotificationState.Failed,
        ["FilteredSpam"] = NotificationState.Failed_FilteredSpam,
        ["Quarantined"] = NotificationState.Failed_Quarantined,
        ["Suppressed"] = NotificationState.Failed_SuppressedRecipient,
        ["Expanded"] = NotificationState.Succeeded,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapPostEmailReports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/reports/email", Handle).WithReportSize().ExcludeFromDescription();
        routes.MapMethods("/reports/email", [HttpMethods.Options], AllowOrigin).ExcludeFromDescription();
    }

    private static async Task<IResult> Handle(HttpContext http, string? code, ReportSettings settings, ReportIntake intake)
    {
        if (!ReportSettings.Same(code, settings.EmailSecret))
            return Results.Unauthorized();

        var (body, problem) = await JsonBody.Read(http.Request);
        if (body is null)
            return problem!;

        using (body)
        {
            var events = body.RootElement.ValueKind == JsonValueKind.Array ? [.. body.RootElement.EnumerateArray()] : new[] { body.RootElement };
            if (events.Select(HandshakeCode).FirstOrDefault(c => c is not null) is { } handshake)
                return Results.Json(new { validationResponse = handshake });

            await intake.Take([.. events.Select(Report).OfType<ReceivedReport>()], http.RequestAborted);
            return Results.Ok();
        }
    }

    private static IResult AllowOrigin(HttpContext http, string? code, ReportSettings settings)
    {
        if (!ReportSettings.Same(code, settings.EmailSecret))
            return Results.Unauthorized();

        http.Response.Headers["WebHook-Allowed-Origin"] = http.Request.Headers["WebHook-Request-Origin"];
        http.Response.Headers["WebHook-Allowed-Rate"] = "*";
        return Results.Ok();
    }

    private static string? HandshakeCode(JsonElement e) =>
        Text(e, "eventType") == HandshakeType && Member(e, "data") is { } data ? Text(data, "validationCode") : null;

    private static ReceivedReport? Report(JsonElement e)
    {
        if ((Text(e, "eventType") ?? Text(e, "type")) != ReportType || Member(e, "data") is not { } data
            || Text(e, "id") is not { Length: > 0 } key || Text(data, "messageId") is not { Length: > 0 } messageId || Text(data, "status") is not { } status)
            return null;
        // The reference is compared with a notification's id as the database writes it.
        return new ReceivedReport(Providers.Acs, Channel.Email, key, messageId.ToLowerInvariant(), status, States.TryGetValue(status, out var means) ? means : null);
    }

    private static JsonElement? Member(JsonElement e, string name)
    {
        if (e.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in e.EnumerateObject())
        {
            if (string.Equals(JsonBody.Readable(() => member.Name), name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }
        return null;
    }

    private static string? Text(JsonElement e, string name) => Member(e, name)?.Text();
}
