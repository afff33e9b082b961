using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Consumers.Conditions;

/// <summary>Our own tokens from Maskinporten, each kept until shortly before it expires.</summary>
public sealed class MaskinportenTokens(IHttpClientFactory clients, MaskinportenClient client, TimeProvider clock) : IDisposable
{
    public const string Client = "Maskinporten";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);
    private (string Scope, string Token, DateTimeOffset Until)? _kept;

    /// <exception cref="HttpRequestException">Maskinporten gave none.</exception>
    public async Task<string> Get(string scope, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_kept is { } kept && kept.Scope == scope && now < kept.Until)
                return kept.Token;

            var (token, lifetime) = await Ask(scope, now, cancellationToken);
            _kept = (scope, token, now + lifetime - Margin);
            return token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<(string Token, TimeSpan Lifetime)> Ask(string scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = client.Assertion(scope, now),
        });
        using var http = clients.CreateClient(Client);
        using var response = await http.PostAsync(client.TokenEndpoint, form, cancellationToken);
        response.EnsureSuccessStatusCode();
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            return answer is { AccessToken.Length: > 0 } ? (answer.AccessToken, TimeSpan.FromSeconds(answer.ExpiresIn)) : throw new HttpRequestException("Maskinporten's answer holds no token.");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException("Maskinporten's answer cannot be read.", e);
        }
    }

    private sealed record Answer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
