using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>The addresses at which one recipient, or one person of an organization, can be reached; every one of them can be sent to.</summary>
public sealed record Contact(bool IsReserved, string[] Emails, string[] Mobiles, string? Language = null)
{
    public static readonly Contact None = new(IsReserved: false, [], []);

    public bool HasAddress => Emails.Length > 0 || Mobiles.Length > 0;

    /// <summary>Addresses that nothing can be sent to are left out, and each is there once.</summary>
    public static Contact Of(bool isReserved, IEnumerable<string?> emails, IEnumerable<string?> mobiles, string? language = null) => new(
        isReserved,
        [.. emails.Select(EmailAddress.Normalize).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. mobiles.Select(MobileNumber.Normalize).OfType<string>().Distinct(StringComparer.Ordinal)],
        language);
}

/// <summary>What Profile knows of many recipients, each of them found by its identity.</summary>
public sealed class Contacts(
    IReadOnlyDictionary<string, Contact> persons, IReadOnlyDictionary<string, Contact> organizations, IReadOnlyDictionary<string, Contact> externalIdentities)
{
    /// <summary>The addresses that the order names, or that Profile has for the identity.</summary>
    public Contact Of(OrderedRecipient recipient) => recipient switch
    {
        { NationalIdentityNumber: { } number } => persons.GetValueOrDefault(number, Contact.None),
        { OrganizationNumber: { } number } => organizations.GetValueOrDefault(number, Contact.None),
        { ExternalIdentity: { } identity } => externalIdentities.GetValueOrDefault(identity, Contact.None),
        _ => new Contact(IsReserved: false, recipient.Email is { } email ? [email] : [], recipient.Mobile is { } mobile ? [mobile] : []),
    };
}

/// <summary>
/// Reads how recipients can be reached: once when an order is registered, to tell the caller, and again for each shipment when it is due.
/// Nothing of it is kept for the next time.
/// </summary>
public sealed class ContactLookup(Profile profile)
{
    public async Task<Contacts> Find(IReadOnlyCollection<OrderedRecipient> recipients, bool useStale, CancellationToken cancellationToken)
    {
        var persons = profile.Persons(Distinct(recipients, r => r.NationalIdentityNumber), useStale, cancellationToken);
        var organizations = profile.Organizations(Distinct(recipients, r => r.OrganizationNumber), cancellationToken);
        var externalIdentities = profile.ExternalIdentities(Distinct(recipients, r => r.ExternalIdentity), cancellationToken);
        await Task.WhenAll(persons, organizations, externalIdentities);

        return new Contacts(
            ByIdentity(await persons, p => p.NationalIdentityNumber, p => Contact.Of(p.IsReserved, [p.Email], [p.MobileNumber], p.Language)),
            ByIdentity(await organizations, o => o.OrganizationNumber, o => Contact.Of(isReserved: false, o.EmailList ?? [], o.MobileNumberList ?? [])),
            ByIdentity(await externalIdentities, e => e.ExternalIdentity, e => Contact.Of(isReserved: false, [e.Email], [e.MobileNumber])));
    }

    internal static string[] Distinct(IEnumerable<OrderedRecipient> recipients, Func<OrderedRecipient, string?> identity) =>
        [.. recipients.Select(identity).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, Contact> ByIdentity<TFound>(IReadOnlyList<TFound> found, Func<TFound, string?> identity, Func<TFound, Contact> contact) =>
        found.Where(f => identity(f) is not null).DistinctBy(identity, StringComparer.Ordinal).ToDictionary(f => identity(f)!, contact, StringComparer.Ordinal);
}
