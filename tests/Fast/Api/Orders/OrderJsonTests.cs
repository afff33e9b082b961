using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class OrderJsonTests
{
    private static readonly string[] Strange =
    [
        "null", "true", "0", "-1", "1e400", "1.5", "2147483648", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"😀\"", "[]", "{}", "[null]", "[[]]",
        "{\"a\":1}", "{\"recipientOrganization\":{\"orgNumber\":\"\\ud800\"}}", "{\"recipientExternalIdentity\":\"x\"}", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-13-01T00:00:00Z\"", "\"2026-11-22T08:00:00\"",
        "\"http://\"", "\"relative/path\"", "\"http://[::1\"", "\"Email,Sms\"", "\"emailpreferred\"", "\"99\"", "\"+4799999999\"", "\"ola@example.no\"",
    ];

    [Theory]
    [InlineData("2", ChannelSchema.EmailPreferred)]
    [InlineData("0", ChannelSchema.Email)]
    [InlineData("\"EmailPreferred\"", ChannelSchema.EmailPreferred)]
    [InlineData("\"emailpreferred\"", ChannelSchema.EmailPreferred)]
    [InlineData("\"SMSPREFERRED\"", ChannelSchema.SmsPreferred)]
    public void A_channel_schema_is_read_by_name_or_number(string value, ChannelSchema expected) =>
        Person("channelSchema", value).ChannelSchema.ShouldBe(expected);

    [Theory]
    [InlineData("0", SendingTimePolicy.Anytime)]
    [InlineData("1", SendingTimePolicy.Anytime)]
    [InlineData("2", SendingTimePolicy.Daytime)]
    [InlineData("\"Anytime\"", SendingTimePolicy.Anytime)]
    [InlineData("\"daytime\"", SendingTimePolicy.Daytime)]
    public void A_sending_time_policy_is_read_as_the_app_library_writes_it(string value, SendingTimePolicy expected)
    {
        Sms("sendingTimePolicy", value).SendingTimePolicy.ShouldBe(expected);
        Email("sendingTimePolicy", value).SendingTimePolicy.ShouldBe(expected);
    }

    [Fact]
    public void An_SMS_waits_for_the_day_unless_it_says_otherwise() => Sms("sender", "\"x\"").SendingTimePolicy.ShouldBe(SendingTimePolicy.Daytime);

    [Fact]
    public void An_email_leaves_at_any_time_and_is_plain_unless_it_says_otherwise()
    {
        var settings = Email("subject", "\"x\"");

        (settings.SendingTimePolicy, settings.ContentType).ShouldBe((SendingTimePolicy.Anytime, EmailContentType.Plain));
    }

    [Fact]
    public void Member_names_are_read_in_any_case() =>
        OrderBodies.Read(OrderBodies.Sms.ToUpperInvariant()).Recipient.RecipientSms!.PhoneNumber.ShouldBe("+4799999999");

    [Fact]
    public void A_member_that_is_not_known_is_passed_over() => Should.NotThrow(() => OrderBodies.Read(OrderBodies.Sms.With("later", "{\"x\":1}")));

    [Theory]
    [InlineData("idempotencyId")]
    [InlineData("recipient")]
    [InlineData("recipient.recipientSms.phoneNumber")]
    [InlineData("recipient.recipientSms.smsSettings")]
    public void A_required_member_must_be_there(string path) =>
        Should.Throw<JsonException>(() => OrderBodies.Read(OrderBodies.Sms.With(path, null))).Message.ShouldContain(path.Split('.')[^1]);

    [Theory]
    [InlineData("recipient.recipientPerson.channelSchema", "\"Fax\"", "$.recipient.recipientPerson.channelSchema")]
    [InlineData("recipient.recipientPerson.ignoreReservation", "\"yes\"", "$.recipient.recipientPerson.ignoreReservation")]
    [InlineData("reminders.0.requestedSendTime", "\"tomorrow\"", "$.reminders[0].requestedSendTime")]
    [InlineData("reminders.0.delayDays", "1.5", "$.reminders[0].delayDays")]
    public void A_value_that_cannot_be_read_is_named(string path, string value, string told) =>
        Should.Throw<JsonException>(() => OrderBodies.Read(OrderBodies.Person.With(path, value))).Path.ShouldBe(told);

    [Theory]
    [InlineData("idempotencyId", "$.idempotencyId")]
    [InlineData("sendersReference", "$.sendersReference")]
    [InlineData("recipient.recipientEmail.emailSettings.body", "$.recipient.recipientEmail.emailSettings.body")]
    [InlineData("reminders.0.sendersReference", "$.reminders[0].sendersReference")]
    public void A_text_that_the_database_cannot_hold_is_refused(string path, string told) =>
        Should.Throw<JsonException>(() => OrderBodies.Read(OrderBodies.Email.With(path, "\"a\\u0000b\""))).Path.ShouldBe(told);

    [Fact]
    public void Whatever_value_a_member_has_the_order_is_read_or_refused() =>
        Prop.ForAll(Mutations().ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Whatever_becomes_of_its_bytes_the_order_is_read_or_refused() =>
        Prop.ForAll(Scribbles().ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static void IsReadOrRefused(byte[] body)
    {
        OrderRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<OrderRequest>(body, WireJson.Options);
        }
        catch (JsonException)
        {
            return;
        }
        if (request is null)
            return;

        Fingerprint.Of(request, WireJson.Options);
        if (new OrderRequestValidator(new FixedClock(), new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(request).IsValid)
            new ShipmentsOf(Guid.NewGuid(), "ttd", request, FixedClock.Start, alwaysUsesStale: false).All().ShouldAllBe(s => s.RequestedSendTime < DateTimeOffset.MaxValue.AddYears(-100));
    }

    private static Gen<byte[]> Mutations() =>
        from body in Gen.Elements(OrderBodies.Email, OrderBodies.Sms, OrderBodies.Person, OrderBodies.Organization, OrderBodies.ExternalIdentity)
        from place in Gen.Choose(0, 1000)
        from value in Gen.Elements(Strange)
        select Encoding.UTF8.GetBytes(Mutate(body, place, value));

    private static Gen<byte[]> Scribbles() =>
        from body in Gen.Elements(OrderBodies.Email, OrderBodies.Sms, OrderBodies.Person, OrderBodies.Organization, OrderBodies.ExternalIdentity)
        from changes in
            (from place in Gen.Choose(0, 2000)
             from value in Gen.Choose(0, 255)
             select (place, value)).NonEmptyListOf()
        select Scribble(body, changes);

    private static byte[] Scribble(string body, IEnumerable<(int Place, int Value)> changes)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        foreach (var (place, value) in changes)
            bytes[place % bytes.Length] = (byte)value;
        return bytes;
    }

    private static string Mutate(string json, int place, string value)
    {
        var places = Places(JsonNode.Parse(json)).ToArray();
        var path = places[place % places.Length];
        return json.With(path, "\"@@@\"").Replace("\"@@@\"", value, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Below(m.Key, m.Value)),
        JsonArray items => items.SelectMany((item, i) => Below($"{i}", item)),
        _ => [],
    };

    private static IEnumerable<string> Below(string step, JsonNode? node) => [step, .. Places(node).Select(p => $"{step}.{p}")];

    private static PersonRecipient Person(string member, string value) =>
        OrderBodies.Read(OrderBodies.Person.With($"recipient.recipientPerson.{member}", value)).Recipient.RecipientPerson!;

    private static SmsSettings Sms(string member, string value) =>
        OrderBodies.Read(OrderBodies.Sms.With($"recipient.recipientSms.smsSettings.{member}", value)).Recipient.RecipientSms!.Settings;

    private static EmailSettings Email(string member, string value) =>
        OrderBodies.Read(OrderBodies.Email.With($"recipient.recipientEmail.emailSettings.{member}", value)).Recipient.RecipientEmail!.Settings;
}
