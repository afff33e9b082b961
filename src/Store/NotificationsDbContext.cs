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
        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.Fingerprint).HasColumnType("jsonb");
        });
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
        modelBuilder.Entity<Attempt>(attempt =>
        {
            attempt.ToTable("attempts");
            attempt.HasKey(a => new { a.NotificationId, a.Number });
        });
        modelBuilder.Entity<DeliveryReport>().ToTable("delivery_reports");
        modelBuilder.Entity<Attachment>(attachment =>
        {
            attachment.ToTable("attachments");
            attachment.HasKey(a => new { a.ShipmentId, a.Ordinal });
        });
        modelBuilder.Entity<ResolvedRecipient>(recipient =>
        {
            recipient.ToTable("resolved_recipients");
            recipient.HasKey(r => new { r.ShipmentId, r.Ordinal, r.Contact });
        });
        modelBuilder.Entity<HistoryEntry>().ToTable("shipment_history");
        modelBuilder.Entity<KeptFallback>().ToTable("fallbacks");
        modelBuilder.Entity<FeedEntry>(entry =>
        {
            entry.ToTable("status_feed");
            entry.Property(e => e.Entry).HasColumnType("jsonb");
        });
        modelBuilder.Entity<VerifiedSender>(sender =>
        {
            sender.ToTable("verified_senders");
            sender.HasKey(s => new { s.Creator, s.Channel, s.Sender });
        });
        modelBuilder.Entity<DailyOrders>(day =>
        {
            day.ToTable("daily_orders");
            day.HasKey(d => new { d.Creator, d.Day });
        });
        modelBuilder.Entity<Lookup>().ToTable("lookups");
        modelBuilder.Entity<SupportRead>().ToTable("support_reads");
        modelBuilder.Entity<Webhook>().ToTable("webhooks");
        modelBuilder.Entity<NotificationRule>(rule =>
        {
            rule.ToTable("notification_rules");
            rule.HasKey(r => new { r.Creator, r.Id });
            rule.Property(r => r.Rule).HasColumnType("jsonb");
        });
        modelBuilder.Entity<RuleStep>(step =>
        {
            step.ToTable("rule_steps");
            step.HasKey(s => new { s.Creator, s.RuleId, s.InstanceId, s.Step });
        });
        modelBuilder.Entity<AppEvent>(happened =>
        {
            happened.ToTable("app_events");
            happened.Ignore(e => e.Creator);
        });
        modelBuilder.Entity<OrderStop>(stop =>
        {
            stop.ToTable("order_stops");
            stop.HasKey(s => new { s.OrderId, s.Event });
        });
        modelBuilder.Entity<AppSubscription>(subscription =>
        {
            subscription.ToTable("app_subscriptions");
            subscription.HasKey(s => new { s.Creator, s.App });
        });
        modelBuilder.Entity<ProviderPause>(pause =>
        {
            pause.ToTable("provider_pauses");
            pause.HasKey(p => new { p.Provider, p.Sender });
        });
        modelBuilder.Entity<ProviderCallCount>(calls =>
        {
            calls.ToTable("provider_calls");
            calls.HasKey(c => c.Provider);
        });
        modelBuilder.Entity<BadAddress>(address =>
        {
            address.ToTable("bad_addresses");
            address.HasKey(a => new { a.Creator, a.Channel, a.Address });
        });
        modelBuilder.Entity<TestRecipient>(recipient =>
        {
            recipient.ToTable("test_recipients");
            recipient.HasKey(r => new { r.Creator, r.Channel, r.Address });
        });
        modelBuilder.Entity<PreventedDuplicates>(prevented =>
        {
            prevented.ToTable("prevented_duplicates");
            prevented.HasKey(p => new { p.Kind, p.Day });
        });
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
