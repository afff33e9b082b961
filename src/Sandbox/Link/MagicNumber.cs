using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Link;

/// <summary>The receivers <c>47400000NN</c> that decide their own fate.</summary>
internal static class MagicNumber
{
    public const int ReportBeforeResponse = 23;
    public const int LostResponse = 24;
    public const int UnavailableOnce = 25;
    public const int AlwaysUnavailable = 26;
    public const int RefusedAtSend = 27;
    public const int EmptyReference = 28;

    private const string Prefix = "47400000";

    /// <summary>The last two digits, or null for a number like any other.</summary>
    public static int? Of(string receiver) =>
        receiver.Length == 10
        && receiver.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(receiver.AsSpan(8), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var digits)
            ? digits
            : null;

    public static IReadOnlyList<PlannedReport> Reports(int? digits, TimeSpan late) => digits switch
    {
        1 => [new("UNDELIV")],
        2 => [new("EXPIRED")],
        3 => [new("REJECTD")],
        4 => [new("DELETED")],
        5 => [new("BARRED")],
        6 => [new("FAILED")],
        7 => [new("UNKNOWN")],
        8 => [new("NULL")],
        9 => [new("BARREDA")],
        10 => [new("ZEROBAL")],
        11 => [new("ACCEPTD"), new("DELIVRD") { Delay = TimeSpan.FromMilliseconds(200) }],
        12 => [new("INV_NET")],
        13 => [new("42")],
        20 => [],
        21 => [new("DELIVRD") { Delay = late }],
        22 => [new("DELIVRD") { Copies = 2 }],
        _ => [new("DELIVRD")],
    };
}
