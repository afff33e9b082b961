using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The one mapping between the tables and the code: migrations are checked against it, SQL of the durability layer is derived from it.</summary>
public sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Shipment> Shipments => Set<Shipment>();
    public DbSet<OrderState> OrderStates => Set<OrderState>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<DeliveryReport> DeliveryReports => Set<DeliveryReport>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<ResolvedRecipient> ResolvedRecipients => Set<ResolvedRecipient>();
    public DbSet<KeptFallback> Fallbacks => Set<KeptFallback>();
    public DbSet<HistoryEntry> History => Set<HistoryEntry>();
    public DbSet<FeedEntry> Feed => Set<FeedEntry>();
    public DbSet<VerifiedSender> VerifiedSenders => Set<VerifiedSender>();
    public DbSet<DailyOrders> DailyOrders => Set<DailyOrders>();
    public DbSet<Lookup> Lookups => Set<Lookup>();
    public DbSet<SupportRead> SupportReads => Set<SupportRead>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<NotificationRule> NotificationRules => Set<NotificationRule>();
    public DbSet<RuleStep> RuleSteps => Set<RuleStep>();
    public DbSet<AppEvent> AppEvents => Set<AppEvent>();
    public DbSet<AppSubscription> AppSubscriptions => Set<AppSubscription>();
    public DbSet<ProviderPause> ProviderPauses => Set<ProviderPause>();
    public DbSet<ProviderCallCount> ProviderCalls => Set<ProviderCallCount>();
    public DbSet<NeighbourBreak> NeighbourBreaks => Set<NeighbourBreak>();
    public DbSet<UsedShare> CreatorShares => Set<UsedShare>();
    public DbSet<BacklogEntry> Backlog => Set<BacklogEntry>();
    public DbSet<BadAddress> BadAddresses => Set<BadAddress>();
    public DbSet<TestRecipient> TestRecipients => Set<TestRecipient>();
    public DbSet<PreventedDuplicates> PreventedDuplicates => Set<PreventedDuplicates>();
    public DbSet<Template> Templates => Set<Template>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        // Migrations are SQL scripts held to this model by a test; there is no model snapshot for EF to compare with.
        optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<Channel>().HaveConversion<Channel.Column>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>().ToTable("orders").Property(o => o.Fingerprint).HasColumnType("jsonb");
        modelBuilder.Entity<Shipment>(shipment =>
        {
            shipment.ToTable("shipments");
            shipment.Property(s => s.Recipients).HasColumnType("jsonb");
            shipment.Property(s => s.Texts).HasColumnType("jsonb");
            shipment.Property(s => s.InstanceConditions).HasColumnType("jsonb");
        });
        modelBuilder.Entity<OrderState>(state =>
        {
            state.ToTable("order_state");
            state.HasKey(s => s.CorrelationId);
            state.Property(s => s.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<Notification>().ToTable("notifications");
        modelBuilder.Entity<Attempt>().ToTable("attempts").HasKey(a => new { a.NotificationId, a.Number });
        modelBuilder.Entity<DeliveryReport>().ToTable("delivery_reports");
        modelBuilder.Entity<Attachment>().ToTable("attachments").HasKey(a => new { a.ShipmentId, a.Ordinal });
        modelBuilder.Entity<ResolvedRecipient>().ToTable("resolved_recipients").HasKey(r => new { r.ShipmentId, r.Ordinal, r.Contact });
        modelBuilder.Entity<HistoryEntry>().ToTable("shipment_history");
        modelBuilder.Entity<KeptFallback>().ToTable("fallbacks");
        modelBuilder.Entity<FeedEntry>().ToTable("status_feed").Property(e => e.Entry).HasColumnType("jsonb");
        modelBuilder.Entity<VerifiedSender>().ToTable("verified_senders").HasKey(s => new { s.Creator, s.Channel, s.Sender });
        modelBuilder.Entity<DailyOrders>().ToTable("daily_orders").HasKey(d => new { d.Creator, d.Day });
        modelBuilder.Entity<Lookup>().ToTable("lookups");
        modelBuilder.Entity<SupportRead>().ToTable("support_reads");
        modelBuilder.Entity<Webhook>().ToTable("webhooks");
        modelBuilder.Entity<NotificationRule>(rule =>
        {
            rule.ToTable("notification_rules");
            rule.HasKey(r => new { r.Creator, r.Id });
            rule.Property(r => r.Rule).HasColumnType("jsonb");
        });
        modelBuilder.Entity<RuleStep>().ToTable("rule_steps").HasKey(s => new { s.Creator, s.RuleId, s.InstanceId, s.Step });
        modelBuilder.Entity<AppEvent>().ToTable("app_events").Ignore(e => e.Creator);
        modelBuilder.Entity<OrderStop>().ToTable("order_stops").HasKey(s => new { s.OrderId, s.Event });
        modelBuilder.Entity<AppSubscription>().ToTable("app_subscriptions").HasKey(s => new { s.Creator, s.App });
        modelBuilder.Entity<ProviderPause>().ToTable("provider_pauses").HasKey(p => new { p.Provider, p.Sender });
        modelBuilder.Entity<ProviderCallCount>().ToTable("provider_calls").HasKey(c => c.Provider);
        modelBuilder.Entity<NeighbourBreak>().ToTable("neighbour_breaks").HasKey(b => new { b.Neighbour, b.Host });
        modelBuilder.Entity<UsedShare>().ToTable("creator_shares").HasKey(s => new { s.Provider, s.Creator });
        modelBuilder.Entity<BadAddress>().ToTable("bad_addresses").HasKey(a => new { a.Creator, a.Channel, a.Address });
        modelBuilder.Entity<TestRecipient>().ToTable("test_recipients").HasKey(r => new { r.Creator, r.Channel, r.Address });
        modelBuilder.Entity<PreventedDuplicates>().ToTable("prevented_duplicates").HasKey(p => new { p.Kind, p.Day });
        modelBuilder.Entity<Template>(template =>
        {
            template.ToTable("templates");
            template.HasKey(t => new { t.Creator, t.Name, t.Version });
            template.Property(t => t.Content).HasColumnType("jsonb");
        });
        modelBuilder.Entity<BacklogEntry>(entry =>
        {
            entry.ToTable("backlog");
            entry.HasKey(e => new { e.Creator, e.Id });
            entry.Property(e => e.Id).UseIdentityAlwaysColumn();
        });
        modelBuilder.AddDurabilityEntities();

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(SnakeCase(property.GetColumnName()));
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_')
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
