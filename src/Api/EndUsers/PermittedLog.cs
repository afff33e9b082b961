using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.EndUsers;

/// <summary>
/// What of a log somebody may see: what was for themselves, and what was for those for whom Authorization lets them read what it was about. What
/// was sent to a bare address was for nobody who is known.
/// </summary>
public sealed class PermittedLog(Register register, Authorization authorization)
{
    private const string Read = "read";

    internal async Task<IReadOnlyList<LoggedNotification>> Of(EndUser user, IReadOnlyList<LoggedNotification> log, CancellationToken cancellationToken)
    {
        var persons = log.Select(n => n.Recipient.NationalIdentityNumber).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var organizations = log.Select(n => n.Recipient.OrganizationNumber).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (persons.Length + organizations.Length == 0)
            return [];

        var parties = await register.PartyIds(persons, organizations, cancellationToken);
        var readable = new HashSet<(int PartyId, string ResourceId)>();
        foreach (var resource in log.Where(n => n.ResourceId is not null).GroupBy(n => n.ResourceId!, StringComparer.Ordinal))
        {
            var others = resource.Select(n => Party(n, parties)).OfType<int>().Where(id => id != user.PartyId).Distinct().Select(id => new Representative(id, user.UserId)).ToArray();
            if (others.Length > 0)
                readable.UnionWith((await authorization.Permitted(others, new Right(ResourceUrn.Id(resource.Key), Read), cancellationToken)).Select(r => (r.PartyId, resource.Key)));
        }
        return [.. log.Where(n => Party(n, parties) is { } id && (id == user.PartyId || (n.ResourceId is { } about && readable.Contains((id, about)))))];
    }

    private static int? Party(LoggedNotification notification, IReadOnlyDictionary<string, int> parties) =>
        (notification.Recipient.NationalIdentityNumber ?? notification.Recipient.OrganizationNumber) is { } number && parties.TryGetValue(number, out var id) ? id : null;
}
