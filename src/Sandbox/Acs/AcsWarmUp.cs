using System.Globalization;
using System.Net.Http.Json;

namespace Notifications.Sandbox.Acs;

/// <summary>
/// Has the sandbox refuse a few e-mails of its own, so that the first real one does not wait for code to be compiled: the service it stands
/// for is never cold. Where the published limits apply it stays cold, since these e-mails would be counted too.
/// </summary>
internal sealed class AcsWarmUp(SandboxSettings settings, AcsSignature signature, SandboxAddress address, HttpClient http, TimeProvider time)
{
    private const string Target = "/emails:send?api-version=2023-03-31";
    private const int Rounds = 5;

    private static readonly EmailMessage Refused = new(
        "noreply@example.com", new EmailContent("s", "b", Html: null), new EmailRecipients([new EmailAddress("always-500@simulator.test", null)], null, null), null, null, null);

    public async Task Run(CancellationToken cancellationToken)
    {
        if (settings.AcsLimits)
            return;

        try
        {
            for (var round = 0; round < Rounds; round++)
                await Send(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // It is being stopped, or known by an address that does not lead here: it stays cold.
        }
    }

    private async Task Send(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(address.Issuer), Target));
        request.Content = JsonContent.Create(Refused);
        var hash = AcsSignature.ContentHash(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        var date = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", AcsSignature.Scheme + signature.Sign("POST", Target, date, request.RequestUri!.Authority, hash));
        using var response = await http.SendAsync(request, cancellationToken);
    }
}
