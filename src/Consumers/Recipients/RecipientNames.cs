using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>What texts call their recipients. Names change rarely, and are kept for some minutes; nothing else of a recipient is kept.</summary>
public sealed class RecipientNames(Register register, NameCache known, RecipientSettings settings)
{
    /// <summary>The names by national identity number and organization number. A person who is not known has none; an organization then goes by its number.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Of(IReadOnlyCollection<OrderedRecipient> recipients, CancellationToken cancellationToken)
    {
        var organizations = ContactLookup.Distinct(recipients, r => r.OrganizationNumber);
        var names = organizations.ToDictionary(number => number, number => number, StringComparer.Ordinal);

        var unknown = new List<string>();
        foreach (var number in ContactLookup.Distinct(recipients, r => r.NationalIdentityNumber).Concat(organizations))
        {
            if (known.Find(number) is { } name)
                names[number] = name;
            else
                unknown.Add(number);
        }
        foreach (var (number, name) in await Ask(unknown, cancellationToken))
        {
            if (string.IsNullOrWhiteSpace(name))
                continue;
            known.Keep(number, name);
            names[number] = name;
        }
        return names;
    }

    /// <summary>A number that cannot be anybody's is not asked for: Register would refuse the names of all others with it.</summary>
    private async Task<IReadOnlyDictionary<string, string?>> Ask(List<string> numbers, CancellationToken cancellationToken)
    {
        var persons = numbers.Where(n => IdentityNumber.IsPerson(n, settings.IdentityNumbers)).ToArray();
        var organizations = numbers.Where(n => OrganizationNumber.IsOrganization(n, settings.IdentityNumbers)).ToArray();
        return await register.Names(persons, organizations, cancellationToken);
    }
}
