using System.Globalization;

namespace Notifications.Consumers.Recipients;

/// <summary>National identity numbers and D-numbers, also by the rule of 2032, which every older number keeps to.</summary>
public static class IdentityNumber
{
    private static ReadOnlySpan<int> First => [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
    private static ReadOnlySpan<int> Second => [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

    public static bool HasItsShape(string? number) => number is { Length: 11 } && number.All(char.IsAsciiDigit);

    public static bool IsPerson(string? number, IdentityNumbers read) =>
        HasItsShape(number) && (read == IdentityNumbers.Any || (IsBorn(number!, read) && Sum(number!, First) % 11 <= 3 && Sum(number!, Second) % 11 == 0));

    internal static int Sum(string number, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * (number[i] - '0');
        return sum;
    }

    /// <summary>A D-number adds 40 to the day; an invented person's number adds 40, 65 or 80 to the month. The century is not told.</summary>
    private static bool IsBorn(string number, IdentityNumbers read)
    {
        var day = Digits(number, 0) is > 40 and var shifted ? shifted - 40 : Digits(number, 0);
        var month = Digits(number, 2);
        if (read == IdentityNumbers.Synthetic)
            month -= month > 80 ? 80 : month > 65 ? 65 : month > 40 ? 40 : 0;
        // Of the two centuries that a year of two digits may lie in, 2000 is the one with the leap day.
        return day >= 1 && month is >= 1 and <= 12 && day <= DateTime.DaysInMonth(2000 + Digits(number, 4), month);
    }

    private static int Digits(string number, int at) => int.Parse(number.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>Numbers of the register of legal entities.</summary>
public static class OrganizationNumber
{
    private static ReadOnlySpan<int> Weights => [3, 2, 7, 6, 5, 4, 3, 2, 1];

    public static bool HasItsShape(string? number) => number is { Length: 9 } && number.All(char.IsAsciiDigit);

    public static bool IsOrganization(string? number, IdentityNumbers read) => HasItsShape(number) && read switch
    {
        IdentityNumbers.Any => true,
        IdentityNumbers.Synthetic => IdentityNumber.Sum(number!, Weights) % 11 == 0,
        _ => number![0] is '8' or '9' && IdentityNumber.Sum(number, Weights) % 11 == 0,
    };
}
