using System.IdentityModel.Tokens.Jwt;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.Tokens;
using Notifications.Api.Wire;
using Notifications.Hosting.Health;

namespace Notifications.Api.Access;

/// <summary>
/// Knocks at the host's own door with a token that names a real key and is not signed by it; and has the library check a good one, by a key
/// that nobody else knows.
/// </summary>
internal sealed class TokenWarmUp(IServer server, IHttpClientFactory clients, TokenIssuers issuers) : IWarmUp
{
    private const int Rounds = 20;

    public async Task Warm(CancellationToken cancellationToken)
    {
        var issuer = await issuers.All[0].Signer(keyId: null, cancellationToken);
        var own = server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(BindingAddress.Parse).First(a => a.Scheme == Uri.UriSchemeHttp);
        using var client = clients.CreateClient(nameof(TokenWarmUp));
        for (var round = 0; round < Rounds; round++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{own.Port}{PublicAddress.Prefix}/future/shipment/feed");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Unsigned(issuer.Issuer, issuer.Keys.First().KeyId));
            using var response = await client.SendAsync(request, cancellationToken);
        }
        CheckGoodOne();
    }

    private static void CheckGoodOne()
    {
        using var rsa = RSA.Create();
        var key = new RsaSecurityKey(rsa) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        var tokens = new JwtSecurityTokenHandler();
        // One claim is an object, which the library reads in another way, as it is in Maskinporten's tokens.
        Claim[] claims = [new("scope", "none"), new("consumer", "{}", JsonClaimValueTypes.Json)];
        var token = tokens.CreateEncodedJwt(
            "warm-up", audience: null, new ClaimsIdentity(claims), notBefore: null, expires: null, issuedAt: null,
            new SigningCredentials(key, SecurityAlgorithms.RsaSha256));
        for (var round = 0; round < Rounds; round++)
            tokens.ValidateToken(token, new TokenValidationParameters { ValidIssuer = "warm-up", ValidateAudience = false, IssuerSigningKey = key }, out _);
    }

    private static string Unsigned(string issuer, string keyId) => string.Join('.',
        Base64UrlEncoder.Encode($$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}"""),
        Base64UrlEncoder.Encode($$"""{"iss":"{{issuer}}","exp":1}"""),
        Base64UrlEncoder.Encode(new byte[256]));
}
