using FluentValidation.Results;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;

namespace Notifications.Api.Orders;

/// <summary>Finds what an order is about and the Resource Registry does not know, where an installation wants such orders refused.</summary>
public sealed class UnknownResources(ResourceTitles titles, RecipientSettings settings)
{
    /// <exception cref="NeighbourAwayException">The registry gave no usable answer in time.</exception>
    public async Task<IReadOnlyList<ValidationFailure>> Find(OrderRequest request, CancellationToken cancellationToken)
    {
        if (!settings.RefuseUnknownResources)
            return [];

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.LookupTimeout);
        try
        {
            var known = await Task.WhenAll(Named(request).Select(async named => (named.Key, IsKnown: await titles.Of(named.ResourceId, limit.Token) is not null)));
            return [.. known.Where(k => !k.IsKnown).Select(k => new ValidationFailure(k.Key, "The Resource Registry has no such resource."))];
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NeighbourAwayException(nameof(ResourceRegistry), "no answer in time", e);
        }
    }

    private static IEnumerable<(string Key, string ResourceId)> Named(OrderRequest request) =>
        from recipient in request.Recipients()
        where recipient.Recipient.Identified?.ResourceId is not null
        select ($"{recipient.Path}.{Member(recipient.Recipient)}.{nameof(IdentifiedRecipient.ResourceId)}", recipient.Recipient.Identified!.ResourceId!);

    private static string Member(RecipientRequest recipient) =>
        recipient.RecipientPerson is not null ? nameof(RecipientRequest.RecipientPerson)
        : recipient.RecipientOrganization is not null ? nameof(RecipientRequest.RecipientOrganization)
        : nameof(RecipientRequest.RecipientExternalIdentity);
}
