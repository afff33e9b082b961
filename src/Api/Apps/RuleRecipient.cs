using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Api.Apps;

/// <summary>Whom a rule tells: <c>"instanceOwner"</c>, or an object with one of these members.</summary>
public sealed record RuleRecipient
{
    public static readonly RuleRecipient InstanceOwner = new();

    public string? NationalIdentityNumber { get; init; }
    public string? OrgNumber { get; init; }
    public string? ExternalIdentity { get; init; }
    public string? EmailAddress { get; init; }
    public string? PhoneNumber { get; init; }

    internal bool IsInstanceOwner => Names.All(name => name is null);

    internal bool IsOne => Names.Count(name => name is not null) <= 1;

    private string?[] Names => [NationalIdentityNumber, OrgNumber, ExternalIdentity, EmailAddress, PhoneNumber];
}

/// <summary>Stands at the member, so that the object itself is read and written as any other.</summary>
internal sealed class RuleRecipientJson : JsonConverter<RuleRecipient>
{
    private const string Owner = "instanceOwner";

    public override RuleRecipient Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString() == Owner ? RuleRecipient.InstanceOwner : throw new JsonException($"Give {Owner}, or an object with one member.");

        return JsonSerializer.Deserialize<RuleRecipient>(ref reader, options) is { IsInstanceOwner: false } named
            ? named
            : throw new JsonException($"Give {Owner}, or an object with one of nationalIdentityNumber, orgNumber, externalIdentity, emailAddress and phoneNumber.");
    }

    public override void Write(Utf8JsonWriter writer, RuleRecipient value, JsonSerializerOptions options)
    {
        if (value.IsInstanceOwner)
            writer.WriteStringValue(Owner);
        else
            JsonSerializer.Serialize(writer, value, options);
    }
}
