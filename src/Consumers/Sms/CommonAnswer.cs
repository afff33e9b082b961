using System.Text.Json;

namespace Notifications.Consumers.Sms;

/// <summary>An answer of LINK's Common interface, or an error in its place.</summary>
/// <param name="Code">Null when there is none that can be read.</param>
internal sealed record CommonAnswer(int? Code, string? MessageId)
{
    private const int LongestId = 200;
    private static readonly string[] Codes = ["resultCode", "code", "errorCode", "status"];

    /// <summary>Null for what is not an object.</summary>
    public static CommonAnswer? Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? new CommonAnswer(FirstCode(json.RootElement), Id(json.RootElement)) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair in it.
            return null;
        }
    }

    private static int? FirstCode(JsonElement answer)
    {
        foreach (var name in Codes)
        {
            if (answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var code))
                return code;
        }
        return null;
    }

    private static string? Id(JsonElement answer) =>
        answer.TryGetProperty("messageId", out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestId } id
            && !id.Contains('\0', StringComparison.Ordinal) ? id : null;
}
