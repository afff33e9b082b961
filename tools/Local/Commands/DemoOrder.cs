using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Local;

/// <summary>A first order, from its token to its delivery.</summary>
internal sealed class DemoOrder(Uri api, Uri sandbox, Action<string> say)
{
    private const string Person = "16069412345";
    private const string Completed = "Order_Completed";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task Send(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(api, "notifications/api/v1/") };
        var token = await client.GetStringAsync(new Uri(sandbox, "token?org=ttd&scope=altinn:serviceowner/notifications.create"), cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());

        var alreadyThere = (await Messages(client, cancellationToken)).GetArrayLength();
        var watch = Stopwatch.StartNew();
        var shipment = await Submit(client, cancellationToken);
        say($"Submitted a first order to person {Person}: shipment {shipment}");
        var message = await Await("no message in the inbox", token => FindMessage(client, alreadyThere, token), cancellationToken);
        say(string.Create(CultureInfo.InvariantCulture, $"Delivered after {watch.ElapsedMilliseconds} ms: {Describe(message)}"));
        await Await($"shipment {shipment} is not {Completed}", token => FindCompleted(client, shipment, token), cancellationToken);
        say(string.Create(CultureInfo.InvariantCulture, $"{Completed} after {watch.ElapsedMilliseconds} ms"));
    }

    private static async Task<string> Submit(HttpClient client, CancellationToken cancellationToken)
    {
        var order = new
        {
            idempotencyId = Guid.NewGuid(),
            sendersReference = "first-order",
            recipient = new
            {
                recipientPerson = new
                {
                    nationalIdentityNumber = Person,
                    channelSchema = "EmailPreferred",
                    emailSettings = new { subject = "A first message", body = "It travelled from the API through the saga and the provider to you.", contentType = "Plain" },
                    smsSettings = new { body = "It travelled from the API through the saga and the provider to you.", sender = "Altinn" },
                },
            },
        };
        using var answer = await client.PostAsJsonAsync("future/orders", order, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new LocalException($"The first order was refused with status {(int)answer.StatusCode}: {text}");
        using var body = JsonDocument.Parse(text);
        return body.RootElement.GetProperty("notification").GetProperty("shipmentId").GetString()!;
    }

    private Task<JsonElement> Messages(HttpClient client, CancellationToken cancellationToken) =>
        client.GetFromJsonAsync<JsonElement>(new Uri(sandbox, "inbox/messages"), cancellationToken);

    private async Task<JsonElement?> FindMessage(HttpClient client, int alreadyThere, CancellationToken cancellationToken)
    {
        var messages = await Messages(client, cancellationToken);
        return messages.GetArrayLength() > alreadyThere ? messages[alreadyThere] : null;
    }

    private static async Task<JsonElement?> FindCompleted(HttpClient client, string shipment, CancellationToken cancellationToken)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"future/shipment/{shipment}", cancellationToken);
        return string.Equals(answer.GetProperty("status").GetString(), Completed, StringComparison.Ordinal) ? answer : null;
    }

    private static async Task<JsonElement> Await(string otherwise, Func<CancellationToken, Task<JsonElement?>> look, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await look(cancellationToken) is { } found)
                return found;
            if (watch.Elapsed > Patience)
                throw new LocalException($"After {Patience.TotalSeconds} seconds {otherwise}; look at the logs in {Path.Combine(Repository.LocalFolder, "logs")}");
            await Task.Delay(20, cancellationToken);
        }
    }

    private static string Describe(JsonElement message) =>
        $"{message.GetProperty("channel").GetString()} to {message.GetProperty("to").GetString()}, \"{message.GetProperty("subject").GetString() ?? message.GetProperty("body").GetString()}\"";
}
