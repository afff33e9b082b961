using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Notifications.Consumers.Recipients;

/// <summary>E-mail addresses, as orders may give them and as registers hold them.</summary>
public static partial class EmailAddress
{
    private const int Longest = 254;

    public static bool IsOrderable(string? address) => address is not null && OrderedForm().IsMatch(address.Trim());

    /// <summary>The registered address, or null when no message can be addressed to it. The register has the last word on its form, so this asks for little.</summary>
    public static string? Normalize(string? registered)
    {
        var address = registered?.Trim();
        return address is { Length: > 0 and <= Longest } && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address && parsed.Host.Contains('.', StringComparison.Ordinal)
            ? address
            : null;
    }

    private const string Atom = "[a-zA-Z0-9æøåÆØÅ!#$%&'*+=?^_{|}~`-]+";
    private const string Label = "[a-zA-Z0-9æøåÆØÅ](?:[a-zA-Z0-9æøåÆØÅ-]{0,61}[a-zA-Z0-9æøåÆØÅ])?";

    [GeneratedRegex($@"\A{Atom}(?:\.{Atom})*@(?:(?:{Label}\.){{1,9}}[a-zA-Z]{{2,14}}|[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderedForm();
}
