using System.Globalization;

namespace Notifications.Sandbox.Webhooks;

/// <summary>Receivers of webhooks: they consent or do not, and show what came.</summary>
internal static class WebhookEndpoints
{
    private const string Timeout = "timeout";
    private static readonly string[] KeptHeaders = ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature", "webhook-request-origin", "webhook-request-rate"];

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var receiver = routes.MapGroup("/webhooks/{name}");
        receiver.MapMethods("", [HttpMethods.Options], Consent);
        receiver.MapPost("", Receive);
        receiver.MapGet("", (string name, WebhookReceivers receivers) => receivers.Named(name).Received);
        receiver.MapPut("", Put);
        receiver.MapDelete("", (string name, WebhookReceivers receivers) =>
        {
            receivers.Named(name).Clear();
            return Results.NoContent();
        });
    }

    private static IResult Put(string name, WebhookScript script, WebhookReceivers receivers)
    {
        if (script.Answers?.All(IsAnswer) == false || script.AllowedRate < 1 || script.RetryAfter < 0)
            return Results.Problem("answers must be a list of statuses and \"timeout\", allowedRate positive, retryAfter not negative.", statusCode: 400);
        receivers.Named(name).Script = script;
        return Results.NoContent();
    }

    private static IResult Consent(string name, HttpContext http, WebhookReceivers receivers, TimeProvider time)
    {
        var receiver = receivers.Named(name);
        receiver.Keep(Request(http, body: "", answer: "200", time));
        var script = receiver.Script;
        http.Response.Headers.Allow = HttpMethods.Post;
        http.Response.Headers["WebHook-Allowed-Rate"] = script.AllowedRate?.ToString(CultureInfo.InvariantCulture) ?? "*";
        if (script.AllowedOrigin.Length > 0)
            http.Response.Headers["WebHook-Allowed-Origin"] = script.AllowedOrigin;
        return Results.Ok();
    }

    private static async Task<IResult> Receive(string name, HttpContext http, WebhookReceivers receivers, TimeProvider time)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var receiver = receivers.Named(name);
        var answer = receiver.NextAnswer();
        receiver.Keep(Request(http, body, answer, time));
        if (answer == Timeout)
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Results.Empty;
        }
        if (receiver.Script.RetryAfter is { } seconds && !answer.StartsWith('2'))
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(int.Parse(answer, CultureInfo.InvariantCulture));
    }

    private static ReceivedRequest Request(HttpContext http, string body, string answer, TimeProvider time) => new(
        time.GetUtcNow(), http.Request.Method,
        KeptHeaders.Where(http.Request.Headers.ContainsKey).ToDictionary(name => name, name => http.Request.Headers[name].ToString(), StringComparer.Ordinal),
        body, answer);

    private static bool IsAnswer(string answer) =>
        answer == Timeout || (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 200 and <= 599);
}
