using System.Text.Json;

namespace Notifications.Durability;

/// <summary>A message as it stands in the outbox.</summary>
sealed record StoredMessage(Guid Id, byte[] Body, MessageMetadata Metadata)
{
    public static StoredMessage Read(Guid id, byte[] body, string metadata)
        => new(id, body, JsonSerializer.Deserialize(metadata, MessageMetadataJson.Default.MessageMetadata)!);

    public string MetadataJson() => JsonSerializer.Serialize(Metadata, MessageMetadataJson.Default.MessageMetadata);
}

/// <summary>A message that waits for its time.</summary>
sealed record StoredTimer(Guid TokenId, DateTimeOffset DueAt, StoredMessage Message);
