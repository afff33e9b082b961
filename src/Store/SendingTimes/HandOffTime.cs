namespace Notifications.Store;

/// <summary>When a notification may be handed off.</summary>
/// <param name="ExpiresAt">When it fails if nothing came of it.</param>
/// <param name="DriveAt">When the database drives it, should nothing else have done so.</param>
/// <param name="Opening">Outside of it nobody may hand the notification off; null when any time will do.</param>
public sealed record HandOffTime(DateTimeOffset ExpiresAt, DateTimeOffset DriveAt, Opening? Opening = null)
{
    public bool IsAt(DateTimeOffset now) => Opening is not { } opening || opening.Contains(now);
}
