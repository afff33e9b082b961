using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Api.Apps;

/// <summary>Whom a rule tells: <c>"instanceOwner"</c>, or an object with one of these members.</summary>
[JsonConverter(typeof(Converter))]
public sealed record RuleRecipient
{
    private const string Owner = "instanceOwner";

    public static readonly RuleRecipient InstanceOwner = new();

    public string? NationalIdentityNumber { get; init; }
    public string? OrgNumber { get; init; }
    public string? ExternalIdentity { get; init; }
    public string? EmailAddress { get; init; }
    public string? PhoneNumber { get; init; }

    internal bool IsInstanceOwner => Names.All(name => name is null);

    internal bool IsOne => Names.Count(name => name is not null) <= 1;

    private string?[] Names => [NationalIdentityNumber, OrgNumber, ExternalIdentity, EmailAddress, PhoneNumber];

    private sealed class Converter : JsonConverter<RuleRecipient>
    {
        public override RuleRecipient Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString() == Owner ? InstanceOwner : throw new JsonException($"Give {Owner}, or an object with one member.");

            var named = JsonSerializer.Deserialize<Named>(ref reader, options);
            return named is { } n && (n.NationalIdentityNumber ?? n.OrgNumber ?? n.ExternalIdentity ?? n.EmailAddress ?? n.PhoneNumber) is not null
                ? new()
                {
                    NationalIdentityNumber = n.NationalIdentityNumber, OrgNumber = n.OrgNumber, ExternalIdentity = n.ExternalIdentity, EmailAddress = n.EmailAddress, PhoneNumber = n.PhoneNumber,
                }
                : throw new JsonException($"Give {Owner}, or an object with one of nationalIdentityNumber, orgNumber, externalIdentity, emailAddress and phoneNumber.");
        }

        public override void Write(Utf8JsonWriter writer, RuleRecipient value, JsonSerializerOptions options)
        {
            if (value.IsInstanceOwner)
                writer.WriteStringValue(Owner);
            else
                JsonSerializer.Serialize(writer, new Named(value.NationalIdentityNumber, value.OrgNumber, value.ExternalIdentity, value.EmailAddress, value.PhoneNumber), options);
        }

        private sealed record Named(string? NationalIdentityNumber, string? OrgNumber, string? ExternalIdentity, string? EmailAddress, string? PhoneNumber);
    }
}
