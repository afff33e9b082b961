using System.Text.RegularExpressions;
using Notifications.Consumers.Recipients;

namespace Notifications.Api.Orders;

/// <summary>The forms of addresses that clients may give.</summary>
public static partial class Addresses
{
    public static bool IsEmail(string? address) => EmailAddress.IsOrderable(address);

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

    [GeneratedRegex(@"\A\+47[49][0-9]{7}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NorwegianMobile();

    [GeneratedRegex(@"\A\+1[2-9][0-9]{2}[2-9][0-9]{6}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NorthAmerican();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex International();
}
