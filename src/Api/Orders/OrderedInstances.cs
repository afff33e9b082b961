using FluentValidation.Results;
using Notifications.Consumers.Apps;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;

namespace Notifications.Api.Orders;

/// <summary>
/// Looks at the app instances of an order's conditions when it is made: they must be there, of an app of the creator's own, and a task that
/// one stands in is held to that stay.
/// </summary>
public sealed class OrderedInstances(RecipientSettings settings, Storage? storage = null)
{
    /// <summary>The order as it is to be kept, and what is wrong with it.</summary>
    /// <exception cref="NeighbourAwayException">Storage gave no usable answer in time.</exception>
    public async Task<(OrderRequest Order, IReadOnlyList<ValidationFailure> Failures)> Find(OrderRequest request, string creator, CancellationToken cancellationToken)
    {
        var named = request.InstanceConditions().ToArray();
        if (named.Length == 0)
            return (request, []);
        if (storage is null)
            return (request, [.. named.Select(n => new ValidationFailure(n.Path, "This installation does not look at app instances: Platform:Storage is not set."))]);
        if (named.Where(n => !IsOf(creator, n.Condition.App)).ToArray() is { Length: > 0 } others)
            return (request, [.. others.Select(n => new ValidationFailure($"{n.Path}.{nameof(InstanceConditionRequest.App)}", "This is not one of your own apps."))]);

        var instances = await Read(named.Select(n => n.Condition.InstanceId).Distinct(StringComparer.OrdinalIgnoreCase), cancellationToken);
        var missing = named.Where(n => instances[n.Condition.InstanceId]?.AppId != n.Condition.App).ToArray();
        return missing.Length > 0
            ? (request, [.. missing.Select(n => new ValidationFailure($"{n.Path}.{nameof(InstanceConditionRequest.InstanceId)}", "The app has no such instance."))])
            : (request.WithInstanceConditions(condition => Held(condition, instances[condition.InstanceId]!)), []);
    }

    public static bool IsOf(string creator, string app) => app.StartsWith($"{creator}/", StringComparison.Ordinal);

    private static InstanceConditionRequest Held(InstanceConditionRequest condition, Instance instance) =>
        condition.Task is not null && instance.Process?.CurrentTask is { } current && current.ElementId == condition.Task ? condition with { Since = current.Started } : condition;

    private async Task<Dictionary<string, Instance?>> Read(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.LookupTimeout);
        try
        {
            var found = await Task.WhenAll(ids.Select(async id => (id, Instance: await storage!.Find(id.ToLowerInvariant(), limit.Token))));
            return found.ToDictionary(f => f.id, f => f.Instance, StringComparer.OrdinalIgnoreCase);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NeighbourAwayException(nameof(Storage), "no answer in time", e);
        }
    }
}
