using Azure.Core;

namespace Notifications.Consumers.Email;

/// <summary>Our token of Entra ID, kept until shortly before it expires and asked for once at a time.</summary>
internal sealed class AcsToken(TokenCredential credential, TimeProvider clock)
{
    /// <summary>With the two slashes that every client of the service has.</summary>
    private static readonly TokenRequestContext Scope = new(["https://communication.azure.com//.default"]);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<AccessToken>? _token;

    public async ValueTask<string> Get(CancellationToken cancellationToken) => (await Current().WaitAsync(cancellationToken)).Token;

    private Task<AccessToken> Current()
    {
        lock (_gate)
        {
            if (_token is null or { IsFaulted: true } or { IsCanceled: true } || (_token.IsCompletedSuccessfully && !IsFresh(_token.Result)))
                _token = credential.GetTokenAsync(Scope, CancellationToken.None).AsTask();
            return _token;
        }
    }

    private bool IsFresh(AccessToken token) => clock.GetUtcNow() < (token.RefreshOn ?? token.ExpiresOn - Margin);
}
