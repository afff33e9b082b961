using System.Text.Json;

namespace Notifications.Api.Wire;

/// <summary>A body that was read, or the answer that says why it cannot be.</summary>
/// <param name="Value">Null when there is a problem.</param>
/// <param name="Problem">Null when there is a value.</param>
/// <param name="Warnings">What the client has written and nobody reads; null when there is nothing.</param>
public sealed record ReadBody<T>(T? Value, IResult? Problem, IReadOnlyList<string>? Warnings = null)
    where T : class
{
    public void Deconstruct(out T? value, out IResult? problem) => (value, problem) = (Value, Problem);
}

/// <summary>Reads a JSON body, or says which member of it cannot be read.</summary>
public static class RequestBody
{
    private const string NoBody = "A non-empty request body is required.";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="request">With <c>Prefer: handling=strict</c>, members that nobody reads are a problem too.</param>
    /// <param name="parameter">The name under which clients know the whole body in errors.</param>
    public static async Task<ReadBody<T>> Read<T>(HttpRequest request, string parameter)
        where T : class
    {
        if ((request.ContentType is not null && !request.HasJsonContentType()) || IsCompressed(request))
            return new(null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));

        return Parse<T>(await Whole(request), parameter, Handling.Of(request.HttpContext));
    }

    /// <summary>Which nobody here unpacks; the reader of JSON would only say that it is none.</summary>
    public static bool IsCompressed(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    public static ReadBody<T> Parse<T>(ReadOnlySpan<byte> json, string parameter, Handling handling)
        where T : class
    {
        if (json.StartsWith(ByteOrderMark))
            json = json[ByteOrderMark.Length..];
        try
        {
            return JsonSerializer.Deserialize<T>(json, handling.Json) is { } body
                ? Checked(body, UnknownMembers.In(json, typeof(T), handling.Json), handling.IsStrict)
                : Invalid<T>("", NoBody, parameter);
        }
        catch (JsonException) when (json.IsEmpty)
        {
            return Invalid<T>("", NoBody, parameter);
        }
        catch (JsonException e)
        {
            return Invalid<T>(e.Path ?? "$", Reason(e), parameter);
        }
    }

    private static async Task<byte[]> Whole(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var body = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ReadBody<T> Checked<T>(T body, IReadOnlyList<UnknownMember>? unknown, bool isStrict)
        where T : class =>
        unknown is null ? new(body, null)
        : isStrict ? new(null, Problems.Unknown(unknown))
        : new(body, null, [.. unknown.Select(u => $"{u.JsonPointer} is not a member that is known here, and was ignored.")]);

    private static ReadBody<T> Invalid<T>(string key, string reason, string parameter)
        where T : class => new(null, Problems.Unreadable(key, reason, parameter));

    /// <summary>The reader's message without the position that it repeats, and never with a value.</summary>
    private static string Reason(JsonException e)
    {
        var position = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return position > 0 ? e.Message[..position] : e.Message;
    }
}
