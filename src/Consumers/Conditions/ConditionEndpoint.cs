using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Conditions;

/// <summary>Asks a send condition of an order's own. Its address may hold a secret, and is in no log.</summary>
public sealed partial class ConditionEndpoint(HttpClient http, MaskinportenTokens tokens, ConditionSettings settings, ILogger<ConditionEndpoint> logger)
{
    /// <summary>Null when there is no usable answer, or when the address may not be asked.</summary>
    public async Task<bool?> Ask(Uri address, Guid shipmentId, CancellationToken cancellationToken)
    {
        try
        {
            if (settings.PublicOnly && address.Scheme != Uri.UriSchemeHttps)
                return Unanswered(shipmentId, "it is not asked without https");

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (settings.GetsToken(address))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.Get(settings.Scope, cancellationToken));

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return Unanswered(shipmentId, $"it answered {(int)response.StatusCode}");
            return Read(await response.Content.ReadAsByteArrayAsync(cancellationToken)) ?? Unanswered(shipmentId, "its answer says neither yes nor no");
        }
        catch (NeighbourAwayException e)
        {
            return Unanswered(shipmentId, $"it is not asked without a token. {e.Message}");
        }
        catch (HttpRequestException e)
        {
            return Unanswered(shipmentId, $"it was not reached: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unanswered(shipmentId, "it did not answer in time");
        }
    }

    /// <summary>The member's name is read to the letter.</summary>
    private static bool? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("sendNotification", out var answer) ? null
                : answer.ValueKind == JsonValueKind.True ? true
                : answer.ValueKind == JsonValueKind.False ? false
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool? Unanswered(Guid shipmentId, string reason)
    {
        NoAnswer(logger, shipmentId, reason);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The send condition of shipment {ShipmentId} gave no usable answer: {Reason}.")]
    private static partial void NoAnswer(ILogger logger, Guid shipmentId, string reason);
}
