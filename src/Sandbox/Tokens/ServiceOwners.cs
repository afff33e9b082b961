namespace Notifications.Sandbox.Tokens;

/// <summary>Short names and organisation numbers of service owners, as <c>altinn-orgs.json</c> pairs them.</summary>
internal static class ServiceOwners
{
    private static readonly int[] Weights = [3, 2, 7, 6, 5, 4, 3, 2];

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["digdir"] = "991825827",
        ["ttd"] = "991825827",
        ["skd"] = "974761076",
        ["brg"] = "974760673",
        ["nav"] = "889640782",
    };

    /// <summary>A name outside the list gets a number of its own in the synthetic range.</summary>
    public static string NumberOf(string org) => Known.TryGetValue(org, out var number) ? number : Synthetic(org);

    public static string? NameOf(string number, bool test)
    {
        var name = Known.FirstOrDefault(owner => owner.Value == number).Key;
        return test && name == "digdir" ? "ttd" : name;
    }

    private static string Synthetic(string org)
    {
        // FNV-1a: the same number in every process.
        var hash = org.Aggregate(2166136261u, (sum, letter) => (sum ^ letter) * 16777619u);
        for (var candidate = 30000000 + (int)(hash % 9000000); ; candidate++)
        {
            var digits = candidate.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var rest = digits.Select((digit, index) => (digit - '0') * Weights[index]).Sum() % 11;
            if (rest != 1)
                return digits + (rest == 0 ? 0 : 11 - rest);
        }
    }
}
