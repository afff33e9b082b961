using System.Text.RegularExpressions;

namespace Notifications.Api.Orders;

/// <summary>The forms of addresses that clients may give.</summary>
public static partial class Addresses
{
    public static bool IsEmail(string? address) => address is not null && EmailForm().IsMatch(address.Trim());

    /// <summary>
    /// <c>+</c> or <c>00</c> and a country code; spaces inside and at the end are tolerated. Norwegian numbers must be mobile numbers,
    /// others must have the shape of E.164.
    /// </summary>
    public static bool IsMobile(string? number)
    {
        if (number is null)
            return false;

        var compact = number.Length > 0 && number[0] == ' ' ? "" : number.Replace(" ", "", StringComparison.Ordinal);
        if (compact.StartsWith("00", StringComparison.Ordinal))
            compact = "+" + compact[2..];
        if (compact.StartsWith("+47", StringComparison.Ordinal))
            return NorwegianMobile().IsMatch(compact);
        return compact.StartsWith("+1", StringComparison.Ordinal) ? NorthAmerican().IsMatch(compact) : International().IsMatch(compact);
    }

    private const string Atom = "[a-zA-Z0-9æøåÆØÅ!#$%&'*+=?^_{|}~`-]+";
    private const string Label = "[a-zA-Z0-9æøåÆØÅ](?:[a-zA-Z0-9æøåÆØÅ-]{0,61}[a-zA-Z0-9æøåÆØÅ])?";

    [GeneratedRegex($@"\A{Atom}(?:\.{Atom})*@(?:(?:{Label}\.){{1,9}}[a-zA-Z]{{2,14}}|[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"\A\+47[49][0-9]{7}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NorwegianMobile();

    [GeneratedRegex(@"\A\+1[2-9][0-9]{2}[2-9][0-9]{6}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NorthAmerican();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex International();
}
