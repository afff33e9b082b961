using System.Text.Json.Nodes;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Tokens;

namespace Notifications.Sandbox.Apps;

/// <summary>Altinn Events' subscriptions, for service owners.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var subscriptions = routes.MapGroup("/events/api/v1/subscriptions");
        subscriptions.MapPost("", Subscribe);
        subscriptions.MapGet("", (HttpContext http, Subscriptions all) => Consumer(http) is { } consumer
            ? Results.Ok(new { Subscriptions = all.All.Where(s => s.Consumer == consumer) })
            : Results.Unauthorized());
        subscriptions.MapGet("/{id:long}", (long id, HttpContext http, Subscriptions all) => Own(id, http, all) is { } own ? Results.Ok(own) : Results.NotFound());
        subscriptions.MapDelete("/{id:long}", Remove);
    }

    /// <summary>The events of an instance, sent once or with copies, in order or not.</summary>
    public static async Task<IResult> Publish(
        string org, string app, int partyId, Guid guid, PublishEvents request, AppInstances instances, EventDelivery delivery, SandboxAddress address, TimeProvider time, int copies = 1, bool shuffle = false)
    {
        var types = request.Types ?? (request.Type is null ? [] : [request.Type]);
        if (types.Count == 0 || types.Any(string.IsNullOrWhiteSpace) || copies is < 1 or > 100)
            return Results.Problem("type or types must say what happened, and copies be from 1 to 100.", statusCode: 400);

        var owner = instances.Find($"{partyId}/{guid}")?["instanceOwner"] as JsonObject;
        var events = types.SelectMany(type => Copies(Of(type), copies)).ToArray();
        if (shuffle)
            Random.Shared.Shuffle(events);
        await delivery.Publish(events);
        return Results.Ok(events);

        CloudEvent Of(string type) => new(
            "1.0", Guid.NewGuid().ToString(), $"{address.Issuer}{org}/{app}/instances/{partyId}/{guid}", type, $"/party/{partyId}", time.GetUtcNow(),
            $"urn:altinn:resource:app_{org}_{app}", $"{partyId}/{guid}",
            (string?)owner?["organisationNumber"] is { } number ? $"/org/{number}" : (string?)owner?["personNumber"] is { } nin ? $"/person/{nin}" : (string?)owner?["externalIdentifier"]);
    }

    /// <summary>Every other copy is one that Events sends again; the rest the app has told again, under another id.</summary>
    private static IEnumerable<CloudEvent> Copies(CloudEvent happened, int copies) =>
        Enumerable.Range(0, copies).Select(copy => copy % 2 == 0 && copy > 0 ? happened with { Id = Guid.NewGuid().ToString() } : happened);

    private static IResult Subscribe(SubscriptionRequest request, HttpContext http, Subscriptions subscriptions, EventDelivery delivery, SandboxJournal journal, TimeProvider time)
    {
        if (Consumer(http) is not { } consumer)
            return Results.Unauthorized();
        if (!Uri.TryCreate(request.EndPoint, UriKind.Absolute, out var endPoint) || (endPoint.Scheme != Uri.UriSchemeHttps && !endPoint.IsLoopback))
            return Results.BadRequest("endPoint must be an absolute https address.");
        if (request.ResourceFilter?.StartsWith("urn:altinn:resource:", StringComparison.Ordinal) != true)
            return Results.BadRequest("resourceFilter must name a resource.");
        if (request.ResourceFilter.StartsWith("urn:altinn:resource:app_", StringComparison.Ordinal) && !request.ResourceFilter.StartsWith($"urn:altinn:resource:app_{consumer["/org/".Length..]}_", StringComparison.Ordinal))
            return Results.StatusCode(403);

        var subscription = subscriptions.Add(id => new Subscription(id, request.EndPoint!, consumer, time.GetUtcNow(), request.ResourceFilter, request.TypeFilter, request.SubjectFilter));
        journal.Write(new SubscriptionPut(subscription));
        _ = delivery.Validate(subscription);
        return Results.Created($"/events/api/v1/subscriptions/{subscription.Id}", subscription);
    }

    private static IResult Remove(long id, HttpContext http, Subscriptions subscriptions, SandboxJournal journal)
    {
        if (Own(id, http, subscriptions) is null || !subscriptions.Remove(id))
            return Results.NotFound();
        journal.Write(new SubscriptionRemoved(id));
        return Results.Ok();
    }

    private static Subscription? Own(long id, HttpContext http, Subscriptions subscriptions) =>
        Consumer(http) is { } consumer && subscriptions.Find(id) is { } found && found.Consumer == consumer ? found : null;

    private static string? Consumer(HttpContext http) => (string?)http.AltinnClaims()?["urn:altinn:org"] is { } org ? $"/org/{org}" : null;

    private sealed record SubscriptionRequest(string? EndPoint, string? ResourceFilter, string? TypeFilter, string? SubjectFilter);
}

/// <summary>What happened to an instance: one event, or several.</summary>
internal sealed record PublishEvents(string? Type, List<string>? Types);
