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

    public static Task<TAnswer> Ask<TAnswer>(this HttpClient http, string neighbour, string path, object question, CancellationToken cancellationToken)
        where TAnswer : class => Answer<TAnswer>(neighbour, () => http.PostAsJsonAsync(path, question, Json, cancellationToken), cancellationToken);

    public static async Task<TAnswer> Answer<TAnswer>(string neighbour, Func<Task<HttpResponseMessage>> call, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            using var response = await call();
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<TAnswer>(Json, cancellationToken) ?? throw new NeighbourAwayException(neighbour, "an answer without content");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new NeighbourAwayException(neighbour, "no usable answer", e);
        }
    }
}
