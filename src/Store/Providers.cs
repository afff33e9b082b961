namespace Notifications.Store;

/// <summary>The providers as the attempt ledger and the delivery reports name them.</summary>
public static class Providers
{
    public const string Acs = "acs";
    public const string Link = "link";

    /// <summary>The same gateway by its other interface, to which we name the messages.</summary>
    public const string LinkCommon = "link-common";
}

/// <summary>Which provider takes the messages of each channel here.</summary>
public sealed record ChannelProviders(string Email, string Sms)
{
    public string Of(Channel channel) => channel == Channel.Email ? Email : Sms;
}
