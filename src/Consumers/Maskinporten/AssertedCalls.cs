namespace Notifications.Consumers.Maskinporten;

/// <summary>Puts an assertion on each attempt of a call: Maskinporten takes none twice (its JWT grant, <c>jti</c>).</summary>
internal sealed class AssertedCalls(MaskinportenClient client, TimeProvider clock) : DelegatingHandler
{
    public static readonly HttpRequestOptionsKey<string> Scope = new("scope");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Scope, out var scope))
            throw new InvalidOperationException("The call names no scope.");

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = client.Assertion(scope, clock.GetUtcNow()),
        });
        request.Content = form;
        return await base.SendAsync(request, cancellationToken);
    }
}
