using Microsoft.EntityFrameworkCore;
using Notifications.Durability;

namespace Notifications.Tests.DurabilityContract;

public sealed class ParcelContext(DbContextOptions<ParcelContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddDurabilityEntities();
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.ToTable("parcel");
            parcel.HasKey(row => row.CorrelationId);
            parcel.Property(row => row.Version).IsConcurrencyToken();
            parcel.Property(row => row.Label).HasMaxLength(100);
            parcel.Property(row => row.Colour).HasConversion<string>();
            parcel.Property(row => row.Lining).HasConversion<string>();
            parcel.Property(row => row.Details).HasColumnType("jsonb");
        });
        modelBuilder.Entity<Letter>(letter =>
        {
            letter.ToTable("letter");
            letter.HasKey(row => row.CorrelationId);
            letter.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<JournalEntry>(journal =>
        {
            journal.ToTable("journal");
            journal.HasKey(row => row.Key);
        });
    }
}

public sealed class JournalEntry
{
    public required string Key { get; init; }
}
