using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Maskinporten;

/// <summary>Our own tokens from Maskinporten.</summary>
public sealed class MaskinportenTokens(IHttpClientFactory clients, MaskinportenClient client, TimeProvider clock) : IDisposable
{
    public const string Client = "Maskinporten";

    private readonly TokenCache _tokens = new(clock);

    /// <exception cref="NeighbourAwayException">Maskinporten gave none.</exception>
    public Task<string> Get(string scope, CancellationToken cancellationToken) =>
        _tokens.Get(scope, now => Questions.Of(Client, () => Ask(scope, now, cancellationToken), cancellationToken), cancellationToken);

    public void Dispose() => _tokens.Dispose();

    private async Task<(string Token, DateTimeOffset ExpiresAt)> Ask(string scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, client.TokenEndpoint);
        request.Options.Set(AssertedCalls.Scope, scope);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
        return answer is { AccessToken.Length: > 0 } ? (answer.AccessToken, now.AddSeconds(answer.ExpiresIn)) : throw new NeighbourAwayException(Client, "an answer without a token");
    }

    private sealed record Answer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
