using System.Text.Json;

namespace Notifications.Consumers.Email;

/// <summary>The error of an answer of Azure Communication Services, as far as it can be read. There is no official list of its codes.</summary>
internal sealed record AcsError(string? Code, string? Message)
{
    private const int LongestCode = 80;

    public static readonly AcsError None = new(null, null);

    public bool SaysAddressIsInvalid =>
        Code == "InvalidEmailAddress" || Message?.Contains("Invalid format for email address", StringComparison.OrdinalIgnoreCase) == true;

    public bool SaysRecipientIsSuppressed =>
        Code == "EmailDroppedAllRecipientsSuppressed" || Message?.Contains("all recipients were suppressed", StringComparison.OrdinalIgnoreCase) == true;

    public bool SaysSenderIsUnknown => Code is "DomainNotLinked" or "InvalidSenderUserName";

    /// <summary>The id was used for the same notification before, so the message was accepted then.</summary>
    public bool SaysOperationIdWasUsed =>
        Code?.Contains("OperationId", StringComparison.OrdinalIgnoreCase) == true
        || Message?.Contains("Operation-Id", StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="code">What the header says, for a body that says nothing.</param>
    public static AcsError Parse(string body, string? code = null)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Of(json.RootElement, code);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair in it.
            return new AcsError(Bounded(code), null);
        }
    }

    /// <param name="answer">What may have a member <c>error</c>.</param>
    /// <param name="code">What the header says, for an answer that says nothing.</param>
    public static AcsError Of(JsonElement answer, string? code = null) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new AcsError(Bounded(Text(error, "code") ?? code), Text(error, "message"))
            : new AcsError(Bounded(code), null);

    /// <summary>Null for what is not a text, or holds half of a surrogate pair.</summary>
    public static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>It is kept, so it must be a code and nothing else.</summary>
    private static string? Bounded(string? code) => code is { Length: > 0 and <= LongestCode } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? code : null;
}
