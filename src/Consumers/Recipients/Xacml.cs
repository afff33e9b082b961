using System.Globalization;

namespace Notifications.Consumers.Recipients;

/// <summary>The JSON profile of XACML, as far as it is used to ask whether users may do one thing on behalf of organizations.</summary>
internal static class Xacml
{
    public const string User = "urn:altinn:userid";
    public const string Party = "urn:altinn:partyid";

    private const string Action = "urn:oasis:names:tc:xacml:1.0:action:action-id";
    private const string Text = "http://www.w3.org/2001/XMLSchema#string";

    /// <summary>One decision for each pair; fewer than two pairs are read as one plain question, which holds one of everything.</summary>
    public static object Question(IReadOnlyCollection<Representative> asked, Right right) => new
    {
        request = new
        {
            returnPolicyIdList = false,
            combinedDecision = false,
            accessSubject = asked.Select(a => a.UserId).Distinct().Select(user => Category(Subject(user), [Attribute(User, Number(user), returned: true)])),
            action = new[] { Category("action", [Attribute(Action, right.Action)]) },
            resource = asked.Select(a => a.PartyId).Distinct().Select(party =>
                Category(Resource(party), [.. About(right.ResourceId), Attribute(Party, Number(party), returned: true)])),
            multiRequests = new
            {
                requestReference = asked.Select(a => new { referenceId = new[] { Subject(a.UserId), "action", Resource(a.PartyId) } }),
            },
        },
    };

    /// <summary>An app is known by its owner and its name, which may hold the separator.</summary>
    private static IEnumerable<object> About(string resourceId) => resourceId.Split('_', 3) is ["app", var org, var app]
        ? [Attribute("urn:altinn:org", org), Attribute("urn:altinn:app", app)]
        : [Attribute("urn:altinn:resource", resourceId)];

    private static object Category(string id, object[] attribute) => new { id, attribute };

    private static object Attribute(string attributeId, string value, bool returned = false) =>
        new { attributeId, value, issuer = "Altinn", dataType = Text, includeInResult = returned };

    private static string Subject(int user) => $"subject{Number(user)}";

    private static string Resource(int party) => $"resource{Number(party)}";

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}
