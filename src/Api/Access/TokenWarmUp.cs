using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.Tokens;
using Notifications.Api.Wire;
using Notifications.Hosting.Health;

namespace Notifications.Api.Access;

/// <summary>Knocks at the host's own door with a token that names a real key and is not signed by it.</summary>
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
    }

    private static string Unsigned(string issuer, string keyId) => string.Join('.',
        Base64UrlEncoder.Encode($$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}"""),
        Base64UrlEncoder.Encode($$"""{"iss":"{{issuer}}","exp":1}"""),
        Base64UrlEncoder.Encode(new byte[256]));
}
