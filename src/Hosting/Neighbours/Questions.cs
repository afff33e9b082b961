using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Hosting.Neighbours;

/// <summary>A neighbour gave no usable answer, so that nothing is known. It never means that there is nothing to know.</summary>
public sealed class NeighbourAwayException(string neighbour, string why, Exception? cause = null) : Exception($"{neighbour}: {why}", cause)
{
    public string Neighbour => neighbour;
}

/// <summary>Questions to neighbours. Whatever goes wrong on the way is one exception, which repeats nothing of the question.</summary>
public static class Questions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<TAnswer> Ask<TAnswer>(this HttpClient http, string neighbour, string path, object question, CancellationToken cancellationToken)
        where TAnswer : class => (await Read<TAnswer>(neighbour, () => http.PostAsJsonAsync(path, question, Json, cancellationToken), mayBeMissing: false, cancellationToken))!;

    /// <summary>What is at the address; null when the neighbour says that there is nothing.</summary>
    public static Task<TAnswer?> Find<TAnswer>(this HttpClient http, string neighbour, string path, CancellationToken cancellationToken)
        where TAnswer : class => Read<TAnswer>(neighbour, () => http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), mayBeMissing: true, cancellationToken);

    /// <summary>What a neighbour answered to a question that is put in another way.</summary>
    public static async Task<TAnswer> Of<TAnswer>(string neighbour, Func<Task<TAnswer>> question, CancellationToken cancellationToken)
    {
        try
        {
            return await question();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new NeighbourAwayException(neighbour, Why(e), e);
        }
    }

    private static Task<TAnswer?> Read<TAnswer>(string neighbour, Func<Task<HttpResponseMessage>> call, bool mayBeMissing, CancellationToken cancellationToken)
        where TAnswer : class => Of(neighbour, async () =>
    {
        using var response = await call();
        if (mayBeMissing && response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TAnswer>(Json, cancellationToken) ?? throw new NeighbourAwayException(neighbour, "an answer without content");
    }, cancellationToken);

    private static string Why(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: { } status } => $"it answered {(int)status}",
        HttpRequestException e => $"it was not reached ({e.HttpRequestError})",
        OperationCanceledException => "it did not answer in time",
        _ => "its answer cannot be read",
    };
}
