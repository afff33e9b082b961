using System.Net;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>A JSON web key set for each issuer, at the issuer's name below an address. The sandbox has one.</summary>
internal sealed class PublishedKeySets(IHttpClientFactory clients, Uri address) : IPlatformKeySource
{
    public TimeSpan Freshness => TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<SecurityKey>> Of(string issuer, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(nameof(PublishedKeySets));
            using var response = await client.GetAsync(new Uri(address, issuer), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return [];

            return [.. new JsonWebKeySet(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken)).GetSigningKeys()];
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new KeysAwayException(e);
        }
    }
}
