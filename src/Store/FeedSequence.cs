using Microsoft.EntityFrameworkCore;

namespace Notifications.Store;

/// <summary>The numbers of the status feed.</summary>
public static class FeedSequence
{
    /// <summary>The next entry to be numbered gets this number or a higher one. The feed never goes back: readers have seen its numbers.</summary>
    public static Task StartAt(NotificationsDbContext context, long first, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"SELECT setval('status_feed_sequence', {first}, false) FROM status_feed_sequence WHERE last_value < {first}", cancellationToken);
}
