using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Wire;
using Notifications.Consumers.Apps;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>
/// Sees to it that the events of a creator's apps come here. Altinn Events lets nobody subscribe but the app's owner, so it is done in the owner's name,
/// with the token of the call that makes it necessary.
/// </summary>
internal sealed class AppSubscriptions(NotificationsDbContext database, AppEventSettings settings, PublicAddress address, TimeProvider clock, AltinnEvents? altinn = null)
{
    /// <summary>Where the creator's events come in; null where none are taken. Holds its secret.</summary>
    public string? EndPoint(string creator) => settings.AreOn ? address.Of($"events?code={settings.CodeOf(creator)}") : null;

    public Task<AppSubscription?> Find(string creator, string app, CancellationToken cancellationToken) =>
        database.AppSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Creator == creator && s.App == app, cancellationToken);

    /// <summary>As <see cref="Ensure"/>, where none was made before.</summary>
    public async Task<string?> EnsureOnce(HttpRequest request, string creator, string app, CancellationToken cancellationToken) =>
        await Find(creator, app, cancellationToken) is null ? await Ensure(request, creator, app, cancellationToken) : null;

    /// <summary>Subscribes, also again: a subscription that Altinn Events has dropped is made anew.</summary>
    /// <returns>Why no events may come; null when there is a subscription.</returns>
    public async Task<string?> Ensure(HttpRequest request, string creator, string app, CancellationToken cancellationToken) =>
        await Subscribe(request, creator, app, cancellationToken) is { } reason && await Find(creator, app, cancellationToken) is null ? $"No subscription was made at Altinn Events, so that no events may come: {reason}." : null;

    private async Task<string?> Subscribe(HttpRequest request, string creator, string app, CancellationToken cancellationToken)
    {
        if (altinn is null || EndPoint(creator) is not { } endPoint)
            return "Platform:Events is not set";
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Bearer", Parameter: { Length: > 0 } token })
            return "a subscription is made with your own bearer token, and the call had none";

        try
        {
            var id = await altinn.Subscribe(endPoint, RuleOrders.ResourceOf(app), token, cancellationToken);
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO app_subscriptions (creator, app, subscription_id, subscribed_at) VALUES ({creator}, {app}, {id}, {clock.GetUtcNow()})
                ON CONFLICT (creator, app) DO UPDATE SET subscription_id = excluded.subscription_id, subscribed_at = excluded.subscribed_at
                """, cancellationToken);
            return null;
        }
        catch (NeighbourAwayException away)
        {
            return away.Message;
        }
    }
}
