using Microsoft.EntityFrameworkCore;
using Notifications.Api.Shipments;
using Notifications.Hosting.Settings;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api;

/// <summary>Brings the tables up to date; a step of its own, run once before the hosts of a new version start.</summary>
public static class Migrate
{
    public static async Task<int> Run(IConfiguration configuration)
    {
        try
        {
            var database = NotificationsSettings.Read(configuration, embedded: true).Database;
            var feed = FeedSettings.Read(configuration);
            await using var context = new NotificationsDbContext(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(database).Options);
            await context.Database.MigrateAsync();
            await FeedSequence.StartAt(context, feed.FirstSequenceNumber, CancellationToken.None);
            return 0;
        }
        catch (SettingException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
        catch (NpgsqlException e)
        {
            Console.Error.WriteLine($"The tables could not be migrated: {e.Message}. Check ConnectionStrings:Notifications and that PostgreSQL answers.");
            return 1;
        }
    }
}
