namespace Notifications.Consumers.Recipients;

/// <summary>Mobile numbers as registers hold them, brought to the form that a gateway takes.</summary>
public static class MobileNumber
{
    /// <summary>The number with its country code, or null when it cannot be a mobile number. Eight digits that start with 4 or 9 are Norwegian.</summary>
    public static string? Normalize(string? registered)
    {
        if (string.IsNullOrWhiteSpace(registered))
            return null;

        var compact = registered.Replace(" ", "", StringComparison.Ordinal);
        if (compact.StartsWith("00", StringComparison.Ordinal))
            compact = "+" + compact[2..];
        else if (compact.Length == 8 && compact[0] is '4' or '9')
            compact = "+47" + compact;

        return IsMobile(compact) ? compact : null;
    }

    private static bool IsMobile(string number) =>
        number.StartsWith('+') && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
        && (number.StartsWith("+47", StringComparison.Ordinal)
            ? number.Length == 11 && number[3] is '4' or '9'
            : number.Length is >= 8 and <= 16 && number[1] != '0');
}
