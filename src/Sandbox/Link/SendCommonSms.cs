using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Link;

/// <summary>The gateway's Common interface.</summary>
internal sealed partial class SendCommonSms(SmsIntake intake, SandboxSettings settings)
{
    private const int Queued = 1005;
    private const int NumberError = 2106;
    private const int LongestPart = 160;
    private static readonly long Longest = (long)TimeSpan.FromHours(48).TotalMilliseconds;
    private static readonly long Shortest = (long)TimeSpan.FromMinutes(15).TotalMilliseconds;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/link/common/sms/send", (HttpContext context, SendCommonSms send) => send.Handle(context)).CanFail("link");

    private async Task<IResult> Handle(HttpContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.LinkUser}:{settings.LinkPassword}"));
        if (context.Request.Headers.Authorization != expected)
            return Refuse(401, 106100, "Invalid authentication");
        if (await Body(context) is not { } message)
            return Refuse(400, 106000, "The body is not a message");
        if (Refusal(message) is var (code, reason))
            return Refuse(400, code, reason);

        var receiver = SmsIntake.Bare(message.Destination!);
        if (intake.IsUnavailable(receiver, message.UserData!))
            return Results.StatusCode(503);
        if (intake.NextAnswer(receiver) is { } answer)
            return await answer.Give(context, answer.Takes ? await Take(message, receiver) : "");
        if (MagicNumber.Of(receiver) == MagicNumber.RefusedAtSend)
            return Results.Json(new Answer(Guid.NewGuid().ToString(), NumberError, "Number error"));

        var reference = await Take(message, receiver);
        if (MagicNumber.Of(receiver) != MagicNumber.LostResponse)
            return Results.Json(new Answer(reference, Queued, "Queued"));

        context.Abort();
        return Results.Empty;
    }

    private Task<string> Take(Message message, string receiver)
    {
        var text = GatewayText.Of(message.UserData!, message.Dcs == "UCS2" ? Encoding.BigEndianUnicode : null);
        return intake.Take(receiver, message.Source!, text, TimeSpan.FromMilliseconds(message.RelativeValidityTime ?? Longest), message.RefId);
    }

    private static (int Code, string Reason)? Refusal(Message message)
    {
        if (message.PlatformId != "COMMON_API")
            return (106200, "Invalid platformId");
        if (string.IsNullOrEmpty(message.PlatformPartnerId))
            return (106201, "Invalid platformPartnerId");
        if (message.UseDeliveryReport && message.DeliveryReportGates is not { Count: > 0 })
            return (106300, "No gates");
        if (message.DestinationTON != "MSISDN" || !Number().IsMatch(message.Destination ?? ""))
            return (NumberError, "Number error");
        if (!IsSource(message))
            return (4004, "Invalid source");
        if (string.IsNullOrEmpty(message.UserData) || message.Dcs is not ("GSM" or "UCS2" or "TEXT") || (message.Dcs == "GSM" && message.UserData.Length > LongestPart))
            return (4001, "Invalid content");
        return message.RelativeValidityTime is { } validity && (validity < Shortest || validity > Longest) ? (4003, "Invalid validity time") : null;
    }

    private static bool IsSource(Message message) => message.SourceTON switch
    {
        "SHORTNUMBER" => ShortNumber().IsMatch(message.Source ?? ""),
        "MSISDN" => Number().IsMatch(message.Source ?? ""),
        "ALPHANUMERIC" => message.Source is { Length: >= 1 and <= 11 },
        _ => false,
    };

    private static async Task<Message?> Body(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Message>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Refuse(int status, int code, string description) => Results.Json(new { code, description }, statusCode: status);

    private sealed record Message(
        string? Source, string? SourceTON, string? Destination, string? DestinationTON, string? UserData, string? Dcs, bool UseDeliveryReport, List<string>? DeliveryReportGates,
        long? RelativeValidityTime, string? PlatformId, string? PlatformPartnerId, string? RefId);

    private sealed record Answer(string MessageId, int ResultCode, string Description);

    [GeneratedRegex(@"\A\+[1-9][0-9]{7,14}\z", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[0-9]{1,14}\z", RegexOptions.None, 1000)]
    private static partial Regex ShortNumber();
}
