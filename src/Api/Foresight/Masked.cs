using Notifications.Store;

namespace Notifications.Api.Foresight;

/// <summary>An address as somebody knows it who knows it already, and nobody else.</summary>
public static class Masked
{
    private const string Hidden = "***";

    public static string Of(Channel channel, string address)
    {
        if (channel == Channel.Sms)
            return address.Length > 5 ? $"{address[..3]}{Hidden}{address[^2..]}" : Hidden;
        var at = address.LastIndexOf('@');
        var dot = address.LastIndexOf('.');
        return at < 1 || dot < at + 2 ? Hidden : $"{address[0]}{Hidden}@{address[at + 1]}{Hidden}{address[dot..]}";
    }
}
