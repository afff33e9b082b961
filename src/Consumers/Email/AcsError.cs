using System.Text.Json;

namespace Notifications.Consumers.Email;

/// <summary>The error body of Azure Communication Services, as far as it can be read. There is no official list of its codes.</summary>
internal sealed record AcsError(string? Code, string? Message)
{
    public bool SaysAddressIsInvalid =>
        Code == "InvalidEmailAddress" || Message?.Contains("Invalid format for email address", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The id was used for the same notification before, so the message was accepted then.</summary>
    public bool SaysOperationIdWasUsed =>
        Code?.Contains("OperationId", StringComparison.OrdinalIgnoreCase) == true
        || Message?.Contains("Operation-Id", StringComparison.OrdinalIgnoreCase) == true;

    public static AcsError Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? new AcsError(Text(error, "code"), Text(error, "message"))
                : new AcsError(null, null);
        }
        catch (JsonException)
        {
            return new AcsError(null, null);
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
