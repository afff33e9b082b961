using System.Globalization;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Authorization;

/// <summary>
/// The decision point: one decision for each reference of a multi-request, one for a plain request, and a single
/// Indeterminate for a question that it cannot make out.
/// </summary>
internal static class PostDecision
{
    private const string User = "urn:altinn:userid";
    private const string Party = "urn:altinn:partyid";
    private const string Subject = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    private const string Resource = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";

    public static void Map(IEndpointRouteBuilder authorization) =>
        authorization.MapPost("/decision", (Envelope envelope, PeopleAndOrganizations registry) => new { Response = Decide(envelope.Request, registry) });

    internal static IReadOnlyList<Result> Decide(Request? request, PeopleAndOrganizations registry)
    {
        if (request is not { AccessSubject: { Count: > 0 } subjects, Resource: { Count: > 0 } resources, Action: { Count: > 0 } actions })
            return [Result.Indeterminate];

        var references = request.MultiRequests?.RequestReference ?? [];
        if (references.Count < 2)
            return [Decide(subjects[0], resources[0], registry)];

        var results = new List<Result>();
        foreach (var ids in references.Select(r => r.ReferenceId ?? []))
        {
            if (Find(subjects, ids) is not { } subject || Find(resources, ids) is not { } resource || Find(actions, ids) is null)
                return [Result.Indeterminate];
            results.Add(Decide(subject, resource, registry));
        }
        return results;
    }

    private static Category? Find(List<Category> categories, List<string> ids) => categories.FirstOrDefault(c => c.Id is not null && ids.Contains(c.Id));

    private static Result Decide(Category subject, Category resource, PeopleAndOrganizations registry)
    {
        var (user, party) = (subject[User], resource[Party]);
        if (user is null || party is null)
            return Result.Indeterminate;

        var asked = resource["urn:altinn:resource"] ?? $"app_{resource["urn:altinn:org"]}_{resource["urn:altinn:app"]}";
        var isPermitted = int.TryParse(party, CultureInfo.InvariantCulture, out var partyId)
            && registry.NumberOfParty(partyId) is { } number
            && (registry.Organization(number)?.Users ?? []).Any(u =>
                u.KnownId.ToString(CultureInfo.InvariantCulture) == user && (u.Permitted ?? []).Any(p => p == asked || p == $"urn:altinn:resource:{asked}"));
        return new Result(isPermitted ? "Permit" : "NotApplicable", [Returned(Subject, subject), Returned(Resource, resource)]);
    }

    private static ResultCategory Returned(string id, Category category) => new(id, [.. (category.Attribute ?? []).Where(a => a.IncludeInResult)]);

    internal sealed record Envelope(Request? Request);

    internal sealed record Request(List<Category>? AccessSubject, List<Category>? Action, List<Category>? Resource, MultiRequests? MultiRequests);

    internal sealed record MultiRequests(List<Reference>? RequestReference);

    internal sealed record Reference(List<string>? ReferenceId);

    internal sealed record Category(string? Id, List<Attribute>? Attribute)
    {
        public string? this[string attributeId] => Attribute?.FirstOrDefault(a => a.AttributeId == attributeId)?.Value;
    }

    internal sealed record Attribute(string? AttributeId, string? Value, string? Issuer = null, string? DataType = null, bool IncludeInResult = false);

    internal sealed record Result(string Decision, IReadOnlyList<ResultCategory> Category)
    {
        public static readonly Result Indeterminate = new("Indeterminate", []);
    }

    internal sealed record ResultCategory(string CategoryId, IReadOnlyList<Attribute> Attribute);
}
