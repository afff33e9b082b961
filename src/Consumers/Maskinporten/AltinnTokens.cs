using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Maskinporten;

/// <summary>Our own tokens as Altinn's APIs want them: Maskinporten's, exchanged.</summary>
public sealed class AltinnTokens(IHttpClientFactory clients, MaskinportenTokens maskinporten, TimeProvider clock) : IDisposable
{
    /// <summary>Its base address is that of Altinn Authentication's API.</summary>
    public const string Client = "Authentication";

    private readonly TokenCache _tokens = new(clock);

    /// <exception cref="NeighbourAwayException">There is none to be had.</exception>
    public Task<string> Get(string scope, CancellationToken cancellationToken) =>
        _tokens.Get(scope, _ => Questions.Of(Client, () => Exchange(scope, cancellationToken), cancellationToken), cancellationToken);

    public void Forget(string token) => _tokens.Forget(token);

    public void Dispose() => _tokens.Dispose();

    private async Task<(string Token, DateTimeOffset ExpiresAt)> Exchange(string scope, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("exchange/maskinporten", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await maskinporten.Get(scope, cancellationToken));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim('"');
        return (token, ExpiresAt(token) ?? throw new NeighbourAwayException(Client, "an answer without a token"));
    }

    private static DateTimeOffset? ExpiresAt(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.') is [_, var payload, _] ? payload : ""));
            return DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>Puts a token on calls; a new one when the old one is not taken any more.</summary>
public sealed class AltinnTokenHeader(AltinnTokens tokens, string scope) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.Get(scope, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        response.Dispose();
        tokens.Forget(token);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.Get(scope, cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
