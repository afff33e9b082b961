using Microsoft.EntityFrameworkCore;

namespace Notifications.Durability;

public static class DurabilityModelBuilderExtensions
{
    /// <summary>Adds the tables <c>inbox_message</c>, <c>outbox_message</c> and <c>scheduled_message</c>.</summary>
    public static ModelBuilder AddDurabilityEntities(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);

        modelBuilder.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("inbox_message");
            inbox.HasKey(row => new { row.MessageId, row.ConsumerId }).HasName("pk_inbox_message");
            inbox.Property(row => row.MessageId).HasColumnName("message_id");
            inbox.Property(row => row.ConsumerId).HasColumnName("consumer_id");
            inbox.Property(row => row.ReceivedAt).HasColumnName("received_at");
            // Rows are deleted by age only; a block range index costs next to nothing on insert.
            inbox.HasIndex(row => row.ReceivedAt).HasMethod("brin").HasStorageParameter("autosummarize", true)
                .HasDatabaseName("ix_inbox_message_received_at");
            inbox.HasStorageParameter("autovacuum_vacuum_scale_factor", 0.05);
        });

        modelBuilder.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox_message");
            outbox.HasKey(row => row.Id).HasName("pk_outbox_message");
            outbox.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            outbox.Property(row => row.Body).HasColumnName("body");
            outbox.Property(row => row.Metadata).HasColumnName("metadata").HasColumnType("json");
            outbox.Property(row => row.CreatedAt).HasColumnName("created_at");
            outbox.Property(row => row.NextAttemptAt).HasColumnName("next_attempt_at");
            outbox.Property(row => row.Attempts).HasColumnName("attempts");
            outbox.HasIndex(row => row.NextAttemptAt).HasDatabaseName("ix_outbox_message_next_attempt_at");
            outbox.HasStorageParameter("autovacuum_vacuum_scale_factor", 0.01);
            outbox.HasStorageParameter("autovacuum_vacuum_threshold", 1000);
        });

        modelBuilder.Entity<ScheduledMessage>(scheduled =>
        {
            scheduled.ToTable("scheduled_message");
            scheduled.HasKey(row => row.Id).HasName("pk_scheduled_message");
            scheduled.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            scheduled.Property(row => row.TokenId).HasColumnName("token_id");
            scheduled.Property(row => row.DueAt).HasColumnName("due_at");
            scheduled.Property(row => row.Body).HasColumnName("body");
            scheduled.Property(row => row.Metadata).HasColumnName("metadata").HasColumnType("json");
            scheduled.HasIndex(row => row.DueAt).HasDatabaseName("ix_scheduled_message_due_at");
            scheduled.HasIndex(row => row.TokenId).HasDatabaseName("ix_scheduled_message_token_id");
        });

        return modelBuilder;
    }
}
