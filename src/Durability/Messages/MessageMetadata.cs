using System.Text.Json.Serialization;

namespace Notifications.Durability;

/// <summary>Everything but the body that has to be on the message when it reaches the broker.</summary>
sealed record MessageMetadata
{
    public required Uri Destination { get; init; }
    public required string ContentType { get; init; }
    public required string[] MessageTypes { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? RequestId { get; init; }
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public Uri? Source { get; init; }
    public Uri? Response { get; init; }
    public Uri? Fault { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public Dictionary<string, object?>? Headers { get; init; }
    public Dictionary<string, object?>? Properties { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageMetadata))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(byte))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(Guid))]
[JsonSerializable(typeof(Uri))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(TimeSpan))]
sealed partial class MessageMetadataJson : JsonSerializerContext;
