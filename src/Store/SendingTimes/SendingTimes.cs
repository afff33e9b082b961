namespace Notifications.Store;

/// <summary>When the messages of a shipment may leave, as its saga's row says it: nothing for any time, the word Daytime, or a window of the order's own.</summary>
public static class SendingTimes
{
    private const string Daytime = nameof(SendingTimePolicy.Daytime);

    public static string? Of(Shipment shipment) =>
        shipment.SendingWindow ?? (shipment is { SmsSendingTimePolicy: SendingTimePolicy.Daytime, ChannelSchema: not ChannelSchema.Email } ? Daytime : null);

    /// <summary>Null when the channel's messages may leave at any time. Daytime is for SMS; a window of the order's own is for every channel.</summary>
    public static SendingWindow? Window(string? stored, Channel channel) => stored switch
    {
        null => null,
        Daytime => channel == Channel.Sms ? SendingWindow.Daytime : null,
        _ => SendingWindow.Parse(stored),
    };
}
