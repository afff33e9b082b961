using System.Text.Json;

namespace Notifications.Api.Wire;

/// <summary>Reads a JSON body, or says which member of it cannot be read.</summary>
public static class RequestBody
{
    /// <param name="parameter">The name under which clients know the whole body in errors.</param>
    public static async Task<(T? Body, IResult? Problem)> Read<T>(HttpRequest request, string parameter)
        where T : class
    {
        if (request.ContentType is not null && !request.HasJsonContentType())
            return (null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));

        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, WireJson.Options, request.HttpContext.RequestAborted);
            return body is null ? (null, Invalid("", "A non-empty request body is required.", parameter)) : (body, null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge());
        }
        catch (JsonException e) when (request.ContentLength == 0 || e is { BytePositionInLine: 0, LineNumber: 0, Path: "$" })
        {
            return (null, Invalid("", "A non-empty request body is required.", parameter));
        }
        catch (JsonException e)
        {
            return (null, Invalid(e.Path ?? "$", Reason(e), parameter));
        }
    }

    private static IResult Invalid(string key, string reason, string parameter) => Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [key] = [reason],
        [parameter] = [$"The {parameter} field is required."],
    });

    /// <summary>The reader's message without the position that it repeats, and never with a value.</summary>
    private static string Reason(JsonException e)
    {
        var position = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return position > 0 ? e.Message[..position] : e.Message;
    }
}
