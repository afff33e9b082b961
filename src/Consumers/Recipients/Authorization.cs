using System.Globalization;
using System.Text.Json.Serialization;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Recipients;

/// <summary>Somebody who registered addresses for an organization, as Authorization knows the two.</summary>
public sealed record Representative(int PartyId, int UserId);

/// <summary>What somebody is to be allowed: an action on a resource.</summary>
public sealed record Right(string ResourceId, string Action);

/// <summary>
/// Altinn Authorization's decision point, asked for many at once. Only a Permit counts; an answer that decides less than it was asked is a
/// failure and never means that nobody is allowed.
/// </summary>
public sealed class Authorization(HttpClient http)
{
    private const int MostDecisions = 500;

    public async Task<IReadOnlySet<Representative>> Permitted(IReadOnlyCollection<Representative> representatives, Right right, CancellationToken cancellationToken) =>
        (await InParts.Ask([.. representatives.Distinct()], MostDecisions, part => Decide(part, right, cancellationToken))).ToHashSet();

    private async Task<IReadOnlyList<Representative>> Decide(Representative[] asked, Right right, CancellationToken cancellationToken)
    {
        var answer = await http.Ask<Answer>(nameof(Authorization), "decision", Xacml.Question(asked, right), cancellationToken);
        var decisions = answer.Response?.OfType<Decision>().ToArray() ?? [];
        if (decisions.Length != asked.Length)
            throw new NeighbourAwayException(nameof(Authorization), $"{decisions.Length} decisions instead of {asked.Length}");
        // An error inside the decision point looks like this too.
        if (decisions is [{ Name: Indeterminate }])
            throw new NeighbourAwayException(nameof(Authorization), "no decision");

        var permitted = decisions.Where(d => d.Name == Permit).Select(d => asked.Length == 1 ? asked[0] : d.About()).ToArray();
        return permitted.All(asked.Contains) ? permitted : throw new NeighbourAwayException(nameof(Authorization), "a decision about somebody else");
    }

    private const string Permit = "Permit";
    private const string Indeterminate = "Indeterminate";

    private sealed record Answer(IReadOnlyList<Decision?>? Response);

    private sealed record Decision([property: JsonPropertyName("decision")] string? Name, IReadOnlyList<Category?>? Category)
    {
        public Representative About() => new(Value(Xacml.Party), Value(Xacml.User));

        private int Value(string attribute) =>
            int.TryParse(
                Category?.SelectMany(c => c?.Attribute ?? []).FirstOrDefault(a => a?.AttributeId == attribute)?.Value,
                NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw new NeighbourAwayException(nameof(Authorization), "a decision about nobody");
    }

    private sealed record Category(IReadOnlyList<Attribute?>? Attribute);

    private sealed record Attribute(string? AttributeId, string? Value);
}
