using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Notifications.Store;

/// <summary>
/// A way to reach somebody. E-mail and SMS are what an order can ask for; others come about by their name, which is persisted and is the
/// name of the queue of their hand-offs.
/// </summary>
[JsonConverter(typeof(ChannelJson))]
public sealed record Channel
{
    private const int LongestName = 32;

    private Channel(string name) => Name = name;

    public static Channel Email { get; } = new("Email");
    public static Channel Sms { get; } = new("Sms");

    /// <summary>Those that an order can ask for.</summary>
    public static IReadOnlyList<Channel> Ordered { get; } = [Email, Sms];

    public string Name { get; }

    /// <summary>As clients know it.</summary>
    public string WireName => this == Sms ? "SMS" : Name;

    /// <summary>Letters only, for the name goes into statements and queues.</summary>
    public static Channel Named(string name) => name switch
    {
        nameof(Email) => Email,
        nameof(Sms) => Sms,
        { Length: > 0 and <= LongestName } when name.All(char.IsAsciiLetter) => new Channel(name),
        _ => throw new ArgumentException("A channel is named by letters.", nameof(name)),
    };

    /// <summary>One that an order can ask for, in upper or lower case; null for any other.</summary>
    public static Channel? Known(string name) => Ordered.FirstOrDefault(channel => channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => Name;

    /// <summary>By its name in the database.</summary>
    internal sealed class Column() : ValueConverter<Channel, string>(channel => channel.Name, name => Named(name));
}

/// <summary>A channel by its name.</summary>
internal sealed class ChannelJson : JsonConverter<Channel>
{
    public override Channel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Channel.Known(reader.GetString() ?? "") ?? throw new JsonException("Give Email or Sms.");

    public override void Write(Utf8JsonWriter writer, Channel value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
