namespace Notifications.Store;

/// <summary>The providers as the attempt ledger and the delivery reports name them.</summary>
public static class Providers
{
    public const string Acs = "acs";
    public const string Link = "link";
}
