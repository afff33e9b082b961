using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Notifications.Store;

namespace Notifications.Api.Wire;

/// <summary>JSON as clients know it: camel case, enums by name or number, nothing where there is nothing, indented.</summary>
public static class WireJson
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>The same, with the numbers of Altinn's app library for sending time policies.</summary>
    public static readonly JsonSerializerOptions AppLibraryOptions = WithAppLibraryPolicies();

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        options.WriteIndented = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new StorableText());
        return options;
    }

    private static JsonSerializerOptions WithAppLibraryPolicies()
    {
        var options = new JsonSerializerOptions(Options);
        options.Converters.Insert(0, new AppLibraryPolicies());
        return options;
    }

    /// <summary>Refuses the one character that the database cannot hold, wherever a client puts it.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException("Give a text.");
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("The text holds the character U+0000.") : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>The app library counts from 0, so that its Daytime is everybody else's Anytime.</summary>
    private sealed class AppLibraryPolicies : JsonConverter<SendingTimePolicy>
    {
        public override SendingTimePolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number is 0 or 1
                ? number == 0 ? SendingTimePolicy.Anytime : SendingTimePolicy.Daytime
                : JsonSerializer.Deserialize<SendingTimePolicy>(ref reader, Options);

        public override void Write(Utf8JsonWriter writer, SendingTimePolicy value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Options);
    }
}
