using System.Text.Json;

namespace Notifications.Api.Wire;

/// <summary>The body of a call whose form is somebody else's, and what can be read of it.</summary>
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

    /// <summary>Null for what is not a text, or is one that the database cannot hold.</summary>
    public static string? Text(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Readable(value.GetString) is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    /// <summary>That of a member.</summary>
    public static string? Text(this JsonElement body, string member) => Readable(() => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(member, out var value) ? value.Text() : null);

    /// <summary>Null for what holds half of a surrogate pair.</summary>
    public static string? Readable(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
