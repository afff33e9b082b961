using System.Text.RegularExpressions;

namespace Notifications.Consumers.Sms;

/// <summary>Who an SMS says it is from: a number, a short number, or a name of at most eleven characters.</summary>
/// <param name="Kind">As the Common interface calls it.</param>
public sealed partial record SmsSender(string Source, string Kind)
{
    public const string Msisdn = "MSISDN";
    private const string ShortNumber = "SHORTNUMBER";
    private const string Alphanumeric = "ALPHANUMERIC";

    /// <summary>Longer numbers are numbers of subscribers, with their country codes.</summary>
    private const int LongestShortNumber = 6;

    /// <summary>Whether networks let it through; letters beyond the English ones they do not.</summary>
    public static bool IsValid(string sender) => Sender().IsMatch(sender);

    public static SmsSender Of(string sender) =>
        sender.StartsWith('+') ? new(sender, Msisdn)
        : !sender.All(char.IsAsciiDigit) ? new(sender, Alphanumeric)
        : sender.Length <= LongestShortNumber ? new(sender, ShortNumber)
        : new($"+{sender}", Msisdn);

    [GeneratedRegex(@"\A(\+?[0-9]{1,15}|[A-Za-z0-9!""#%&'()*+\-./?><; ]{1,11})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sender();
}
