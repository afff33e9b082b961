using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Apps;

/// <summary>Brings events to their subscribers: at least once, in no order, and again when nobody took them.</summary>
internal sealed class EventDelivery(Subscriptions subscriptions, HttpClient http, SandboxAddress address, SandboxJournal journal, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Asks the subscriber whether it listens; nothing else comes before it says so.</summary>
    public async Task Validate(Subscription subscription)
    {
        var question = new CloudEvent("1.0", Guid.NewGuid().ToString(), $"{address.Issuer}events/api/v1/subscriptions/{subscription.Id}", "platform.events.validatesubscription");
        if (await DeliverUntilTaken(subscription, question) && subscriptions.Find(subscription.Id) is { } still)
        {
            subscriptions.Keep(still with { Validated = true });
            journal.Write(new SubscriptionPut(still with { Validated = true }));
        }
    }

    /// <summary>Returns when each has been tried once; what nobody took comes again by and by.</summary>
    public Task Publish(IEnumerable<CloudEvent> events) => Task.WhenAll(
        from happened in events
        from subscription in subscriptions.All
        where subscription.Validated && subscription.Wants(happened)
        select FirstTry(subscription, happened));

    private async Task FirstTry(Subscription subscription, CloudEvent happened)
    {
        if (!await Deliver(subscription, happened))
            _ = DeliverAgain(subscription, happened);
    }

    private async Task<bool> DeliverUntilTaken(Subscription subscription, CloudEvent happened) =>
        await Deliver(subscription, happened) || await DeliverAgain(subscription, happened);

    private async Task<bool> DeliverAgain(Subscription subscription, CloudEvent happened)
    {
        foreach (var wait in Waits)
        {
            await Task.Delay(wait, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lifetime.ApplicationStopping.IsCancellationRequested || subscriptions.Find(subscription.Id) is null)
                return false;
            if (await Deliver(subscription, happened))
                return true;
        }
        return false;
    }

    private async Task<bool> Deliver(Subscription subscription, CloudEvent happened)
    {
        try
        {
            using var content = new StringContent(JsonSerializer.Serialize(happened, Json), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(subscription.EndPoint), content, lifetime.ApplicationStopping);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
