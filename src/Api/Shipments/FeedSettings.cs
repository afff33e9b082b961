using System.Globalization;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Shipments;

/// <summary>Settings under <c>Feed</c>.</summary>
/// <param name="FirstSequenceNumber">Where the status feed begins, so that clients who come from another service can keep their cursors.</param>
public sealed record FeedSettings(long FirstSequenceNumber)
{
    public static FeedSettings Read(IConfiguration configuration) => new(
        configuration["Feed:FirstSequenceNumber"] is not { Length: > 0 } text ? 1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < long.MaxValue / 2 ? number
        : throw new SettingException("Set Feed:FirstSequenceNumber to a whole number above 0, or leave it out."));
}
