using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>The result codes of LINK's Common interface, in its answers and in its reports.</summary>
public static class LinkResultCode
{
    public const int Timeout = 4;
    public const int Throttling = 3;
    public const int Configuration = 104;
    public const int Sent = 1000;
    public const int Delivered = 1001;
    public const int Queued = 1005;

    /// <summary>Null for what says nothing final: under way, not known for sure, or a code that is not known here.</summary>
    public static NotificationState? Means(int code) => code switch
    {
        Delivered => NotificationState.Delivered,
        2 or 6 or 1004 => NotificationState.Failed,
        1002 => NotificationState.Failed_Expired,
        1006 => NotificationState.Failed_Undelivered,
        2104 or 2106 => NotificationState.Failed_InvalidRecipient,
        2105 or 2107 => NotificationState.Failed_BarredReceiver,
        >= 2200 and <= 2207 => NotificationState.Failed,
        >= 3000 and <= 3002 => NotificationState.Failed,
        >= 4000 and <= 4007 => NotificationState.Failed_Rejected,
        _ => null,
    };
}
