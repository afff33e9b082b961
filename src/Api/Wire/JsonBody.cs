using System.Text.Json;

namespace Notifications.Api.Wire;

/// <summary>The body of a call whose form is somebody else's.</summary>
internal static class JsonBody
{
    /// <summary>The body, or the 400 that says that it is not JSON.</summary>
    public static async Task<(JsonDocument? Value, IResult? Problem)> Read(HttpRequest request)
    {
        try
        {
            return (await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted), null);
        }
        catch (JsonException)
        {
            return (null, Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$"] = ["The body is not JSON."] }));
        }
    }
}
