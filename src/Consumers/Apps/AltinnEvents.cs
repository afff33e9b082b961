using System.Net.Http.Headers;
using System.Net.Http.Json;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Apps;

/// <summary>Altinn Events, which tells subscribers what apps tell it.</summary>
public sealed class AltinnEvents(HttpClient http)
{
    /// <summary>Subscribes to everything that an app tells, as whoever the token names. Subscribing again is the same subscription.</summary>
    /// <param name="endPoint">Where events are to come in.</param>
    /// <param name="resource">The app, as a resource.</param>
    /// <param name="token">The service owner's own: nobody may subscribe in the name of another.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="NeighbourAwayException">Altinn Events refused it, or gave no usable answer.</exception>
    public Task<long> Subscribe(string endPoint, string resource, string token, CancellationToken cancellationToken) => Questions.Of(nameof(AltinnEvents), async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("subscriptions", UriKind.Relative)) { Content = JsonContent.Create(new { endPoint, resourceFilter = resource }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Subscription>(cancellationToken))?.Id ?? throw new NeighbourAwayException(nameof(AltinnEvents), "an answer without content");
    }, cancellationToken);

    private sealed record Subscription(long Id);
}
