using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Serialization;

namespace Notifications.Sandbox.Registry;

internal sealed record Person(
    string? Name = null,
    string? Email = null,
    string? Mobile = null,
    bool IsReserved = false,
    bool EmailOutdated = false,
    bool MobileOutdated = false,
    string? Language = null);

/// <summary>A unit with neither emails nor mobiles has no record of its own; empty lists are a record that is empty.</summary>
internal sealed record Organization(
    string? Name = null,
    List<string>? Emails = null,
    List<string>? Mobiles = null,
    string? MainUnit = null,
    List<OrganizationUser>? Users = null)
{
    [JsonIgnore]
    public bool HasRecord => Emails is not null || Mobiles is not null;
}

/// <summary>Somebody who registered addresses for an organization, and the resources that they may act on for it.</summary>
internal sealed record OrganizationUser(int? UserId = null, string? Nin = null, string? Email = null, string? Mobile = null, List<string>? Permitted = null)
{
    [JsonIgnore]
    public int KnownId => UserId ?? PeopleAndOrganizations.UserId(Nin ?? Email ?? Mobile ?? "");
}

/// <summary>What messages may be about, with its title by language.</summary>
internal sealed record Resource(Dictionary<string, string>? Title = null);

/// <summary>Somebody who logs in without a Norwegian number, by the URN that names them.</summary>
internal sealed record Identity(string? Email = null, string? Mobile = null);

/// <summary>Whom Profile and Register know.</summary>
internal sealed class PeopleAndOrganizations
{
    private readonly ConcurrentDictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Organization> organizations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Identity> identities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Resource> resources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> numberOfParty = new();

    public PeopleAndOrganizations()
    {
        // For the first tries of a new user; none of them exists outside the sandbox.
        Put("16069412345", new Person("Kari Nordmann", "kari.nordmann@example.no", "+4799999999", Language: "nb"));
        Put("14029112345", new Person("Ola Nordmann", "ola.nordmann@example.no", "+4798888888", IsReserved: true, Language: "nb"));
        Put("01017812345", new Person("Ánne Sara", null, "+4797777777", Language: "nn"));
        Put("29128012345", new Person("Per Hansen", "per.hansen@example.no", null, Language: "en"));
        Put("991825827", new Organization("Digitaliseringsdirektoratet", ["post@digdir.example.no"], ["+4796666666"]));
        Put("910753614", new Organization(
            "Eksempel Regnskap AS",
            ["post@regnskap.example.no"],
            [],
            Users: [new OrganizationUser(20001337, "16069412345", "kari.nordmann@regnskap.example.no", "+4799999999", ["urn:altinn:resource:app_ttd_app-name"])]));
    }

    public IReadOnlyDictionary<string, Person> People => people;

    public IReadOnlyDictionary<string, Organization> Organizations => organizations;

    public void Put(string nin, Person person)
    {
        people[nin] = person;
        numberOfParty[PartyId(nin)] = nin;
    }

    public void Put(string number, Organization organization)
    {
        organizations[number] = organization;
        numberOfParty[PartyId(number)] = number;
    }

    public IReadOnlyDictionary<string, Resource> Resources => resources;

    public void Put(string id, Resource resource) => resources[id] = resource;

    public Resource? Resource(string id) => resources.GetValueOrDefault(id);

    public IReadOnlyDictionary<string, Identity> Identities => identities;

    public void Put(string urn, Identity identity) => identities[urn] = identity;

    public Identity? Identity(string urn) => identities.GetValueOrDefault(urn);

    public Person? Person(string nin) => people.GetValueOrDefault(nin);

    public Organization? Organization(string number) => organizations.GetValueOrDefault(number);

    public bool RemovePerson(string nin) => people.TryRemove(nin, out _);

    public bool RemoveOrganization(string number) => organizations.TryRemove(number, out _);

    public string? NumberOfParty(int partyId) => numberOfParty.GetValueOrDefault(partyId);

    public string? NumberOfParty(Guid partyUuid) => numberOfParty.Values.FirstOrDefault(number => PartyUuid(number) == partyUuid);

    /// <summary>The same in every run, so that what a client keeps stays right.</summary>
    public static int PartyId(string number) => 50_000_000 + (int)(Hash(number) % 40_000_000);

    public static Guid PartyUuid(string number)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes("party:" + number));
        return new Guid(hash.AsSpan(0, 16));
    }

    public static int UserId(string number) => 20_000_000 + (int)(Hash("user:" + number) % 10_000_000);

    private static ulong Hash(string text) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
