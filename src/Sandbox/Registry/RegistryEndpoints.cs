using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Registry;

internal static class RegistryEndpoints
{
    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
        var persons = routes.MapGroup("/registry/persons");
        persons.MapGet("/", (PeopleAndOrganizations registry) => registry.People);
        persons.MapGet("/{nin}", (string nin, PeopleAndOrganizations registry) => Found(registry.Person(nin)));
        persons.MapPut("/{nin}", PutPerson);
        persons.MapDelete("/{nin}", (string nin, PeopleAndOrganizations registry, SandboxJournal journal) => Removed(registry.RemovePerson(nin), nin, journal));

        var organizations = routes.MapGroup("/registry/organizations");
        organizations.MapGet("/", (PeopleAndOrganizations registry) => registry.Organizations);
        organizations.MapGet("/{orgNo}", (string orgNo, PeopleAndOrganizations registry) => Found(registry.Organization(orgNo)));
        organizations.MapPut("/{orgNo}", PutOrganization);
        organizations.MapDelete("/{orgNo}", (string orgNo, PeopleAndOrganizations registry, SandboxJournal journal) => Removed(registry.RemoveOrganization(orgNo), orgNo, journal));

        var identities = routes.MapGroup("/registry/identities");
        identities.MapGet("/", (PeopleAndOrganizations registry) => registry.Identities);
        identities.MapPut("/{urn}", (string urn, Identity identity, PeopleAndOrganizations registry, SandboxJournal journal) =>
        {
            registry.Put(urn, identity);
            journal.Write(new IdentityPut(urn, identity));
            return identity;
        });

        var resources = routes.MapGroup("/registry/resources");
        resources.MapGet("/", (PeopleAndOrganizations registry) => registry.Resources);
        resources.MapPut("/{id}", (string id, Resource resource, PeopleAndOrganizations registry, SandboxJournal journal) =>
        {
            registry.Put(id, resource);
            journal.Write(new ResourcePut(id, resource));
            return resource;
        });
    }

    private static IResult PutPerson(string nin, Person person, PeopleAndOrganizations registry, SandboxJournal journal)
    {
        if (!IsDigits(nin, 11))
            return Results.Problem("An identity number has 11 digits.", statusCode: 400);
        registry.Put(nin, person);
        journal.Write(new PersonPut(nin, person));
        return Results.Ok(person);
    }

    private static IResult PutOrganization(string orgNo, Organization organization, PeopleAndOrganizations registry, SandboxJournal journal)
    {
        if (!IsDigits(orgNo, 9))
            return Results.Problem("An organisation number has 9 digits.", statusCode: 400);
        registry.Put(orgNo, organization);
        journal.Write(new OrganizationPut(orgNo, organization));
        return Results.Ok(organization);
    }

    internal static bool IsDigits(string? number, int length) => number?.Length == length && number.All(char.IsAsciiDigit);

    private static IResult Found(object? entry) => entry is null ? Results.NotFound() : Results.Ok(entry);

    private static IResult Removed(bool removed, string number, SandboxJournal journal)
    {
        if (!removed)
            return Results.NotFound();
        journal.Write(new PartyRemoved(number));
        return Results.NoContent();
    }
}
