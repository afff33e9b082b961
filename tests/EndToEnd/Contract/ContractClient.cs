using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;

namespace Notifications.Tests.EndToEnd.Contract;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, string? ContentType, Uri? Location, string Text)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public string[] Members => Names(Body);

    public string[] Errors => Names(Body.GetProperty("errors"));

    public static string[] Names(JsonElement body) => [.. body.EnumerateObject().Select(m => m.Name)];
}

/// <summary>Calls the API with nothing but what it is told.</summary>
internal sealed class ContractClient(Uri api)
{
    private const string Root = "/notifications/api/v1/";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    /// <param name="path">Below the root of the API, or from the host's own root when it begins with a slash.</param>
    public async Task<RawAnswer> Call(
        HttpMethod method, string path, string? token, string? body = null, string contentType = "application/json", (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, path.StartsWith('/') ? path : Root + path));
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return new RawAnswer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers.Location, await response.Content.ReadAsStringAsync());
    }
}
