using System.Globalization;
using Notifications.Store;

namespace Notifications.Api.History;

/// <summary>How things are said in one language. Times are those of Norway.</summary>
public abstract class Tongue
{
    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById(SendingWindow.Oslo);

    public static readonly Tongue Norwegian = new Norwegian();
    public static readonly Tongue English = new English();

    public abstract string Code { get; }

    /// <summary>The first of the languages that is known here, as <c>Accept-Language</c> lists them; Norwegian when there is none.</summary>
    public static Tongue Of(string languages)
    {
        foreach (var tag in languages.Split(',').Select(l => l.Split(';')[0].Trim().Split('-')[0]))
        {
            if (tag.ToUpperInvariant() is "NB" or "NN" or "NO" or "SE")
                return Norwegian;
            if (tag.Equals("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }
        return Norwegian;
    }

    /// <summary>Null for what is not worth a sentence.</summary>
    /// <param name="line">What happened.</param>
    /// <param name="messages">To how many messages.</param>
    public string? Tell(HistoryLine line, int messages)
    {
        var at = Time(TimeZoneInfo.ConvertTime(line.At, Oslo).DateTime);
        return line.Channel is { } channel ? OfMessage(line, Message(channel, messages), messages > 1, at) : OfShipment(line, at);
    }

    public abstract string Announce(Awaited what);

    protected abstract string? OfShipment(HistoryLine line, string at);

    protected abstract string? OfMessage(HistoryLine line, string message, bool several, string at);

    protected abstract string Message(Channel channel, int count);

    protected abstract string Time(DateTime local);

    protected static string Format(DateTime local, string format) => local.ToString(format, CultureInfo.InvariantCulture);

    protected static bool Failed(HistoryLine line) => line.State is not null && Progress.Of(Enum.Parse<NotificationState>(line.State)) == Progress.Failed;
}
