using Notifications.Store;

namespace Notifications.Api.Wire;

/// <summary>An address as somebody knows it who knows it already, and nobody else.</summary>
internal static class Masked
{
    private const string Hidden = "***";

    public static string Of(Channel channel, string address)
    {
        if (channel == Channel.Sms)
            return Number(address);
        var at = address.LastIndexOf('@');
        var dot = address.LastIndexOf('.');
        return at < 1 || dot < at + 2 ? Hidden : $"{address[0]}{Hidden}@{address[at + 1]}{Hidden}{address[dot..]}";
    }

    /// <summary>With the domain of an e-mail address, for those who look into what became of messages: it tells whose mail server it was.</summary>
    public static string WithDomain(string address)
    {
        var at = address.LastIndexOf('@');
        return address.Length == 0 ? ""
            : at > 0 ? $"{address[0]}{Hidden}{address[at..]}"
            : Number(address);
    }

    private static string Number(string number) => number.Length > 6 ? $"{number[..3]}{Hidden}{number[^2..]}" : Hidden;
}
