using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>Altinn's own place: the secret <c>{issuer}-access-token-public-cert</c> of an Azure Key Vault.</summary>
internal sealed class KeyVaultCertificates(SecretClient vault, TimeProvider clock) : IPlatformKeySource
{
    public TimeSpan Freshness => TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<SecurityKey>> Of(string issuer, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await vault.GetSecretAsync($"{issuer}-access-token-public-cert", cancellationToken: cancellationToken);
            return [.. CertificateKey.ReadAll(Encoding.UTF8.GetBytes(secret.Value.Value)).Where(k => k.IsValid(clock.GetUtcNow())).Select(k => k.Key)];
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            return [];
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or CryptographicException)
        {
            throw new KeysAwayException(e);
        }
    }
}
