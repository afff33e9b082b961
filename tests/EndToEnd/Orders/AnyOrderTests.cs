using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

/// <summary>What holds of any order at all, tried with many that nobody thought of.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class AnyOrderTests(SharedSystem system)
{
    private const int Tries = 100;

    private static readonly string[] Strange =
    [
        "null", "true", "0", "-1", "1e400", "2147483648", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"😀\"", "[]", "{}", "[null]", "{\"a\":1}", "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59.9999999-14:00\"", "\"http://[::1\"", "\"Email,Sms\"", "\"99\"", "\"+4799999999\"", "\"ola@example.no\"", "\"$recipientName$\"",
    ];

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Order_that_is_valid_is_found_again_as_it_was_ordered()
    {
        foreach (var order in Valid().Sample(Tries))
        {
            var answer = await _owner.Post(order);
            answer.Status.ShouldBe(HttpStatusCode.Created, order.ToJsonString());
            answer.Body.TryGetProperty("warnings", out _).ShouldBeFalse();

            var accepted = answer.Accepted();
            var main = await _owner.Shipment(accepted.ShipmentId);
            (main.Type, main.SendersReference).ShouldBe(("Notification", (string?)order["sendersReference"]));
            accepted.Reminders.Count.ShouldBe(order["reminders"]?.AsArray().Count ?? 0);
            foreach (var id in accepted.Reminders)
                (await _owner.Shipment(id)).Type.ShouldBe("Reminder");

            var again = await _owner.Post(order);
            again.Status.ShouldBe(HttpStatusCode.OK);
            again.Body.GetRawText().ShouldBe(answer.Body.GetRawText());
        }
    }

    [Fact]
    public async Task Body_that_somebody_has_spoilt_is_taken_or_refused_and_never_breaks_anything()
    {
        var spoilt = Spoilt().Sample(3 * Tries).ToArray();
        foreach (var body in spoilt.Take(Tries))
            ((int)(await _owner.PostText(body)).Status).ShouldBeLessThan(500, body);

        var (status, lines) = await _owner.PostBatch($"[{string.Join(',', spoilt)}]", "application/json");
        status.ShouldBe(HttpStatusCode.MultiStatus);
        var answers = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToArray();
        answers.Length.ShouldBe(spoilt.Length);
        foreach (var answer in answers)
            answer.GetProperty("status").GetInt32().ShouldBeLessThan(500, spoilt[answer.GetProperty("index").GetInt32()]);
    }

    private static Gen<JsonObject> Valid() =>
        from id in ArbMap.Default.ArbFor<Guid>().Generator
        from text in Text()
        from isNamed in ArbMap.Default.ArbFor<bool>().Generator
        from recipient in Recipient()
        from reminders in Gen.ListOf(from recipient in Recipient() from days in Gen.Choose(1, 3650) select new JsonObject { ["delayDays"] = days, ["recipient"] = recipient }, 2)
        from isReminded in ArbMap.Default.ArbFor<bool>().Generator
        select With(new JsonObject { ["idempotencyId"] = id.ToString(), ["recipient"] = recipient }, isNamed ? text : null, isReminded ? [.. reminders] : null);

    private static JsonObject With(JsonObject order, string? reference, JsonObject[]? reminders)
    {
        if (reference is not null)
            order["sendersReference"] = reference;
        if (reminders is not null)
            order["reminders"] = new JsonArray([.. reminders]);
        return order;
    }

    private static Gen<JsonObject> Recipient() => Gen.OneOf(
        from local in Gen.Choose(0, 999_999)
        from subject in Text()
        from body in Text()
        select Order.EmailRecipient($"any.{local}@example.no", body, subject),
        from number in Gen.Choose(0, 999_999)
        from body in Text()
        select Order.SmsRecipient($"+4791{number:000000}", body));

    /// <summary>Letters of many kinds, and something to read in it.</summary>
    private static Gen<string> Text() =>
        from letters in Gen.NonEmptyListOf(Gen.Elements("a", "Ø", "ß", "😀", "漢", "\"", "\\", "<", "&", "$recipientName$", " ", "\u200D", "€", "[", "%"))
        select "x" + string.Concat(letters.Take(60));

    private static Gen<string> Spoilt() =>
        from order in Valid()
        from place in Gen.Choose(0, 1000)
        from value in Gen.Elements(Strange)
        select Spoil(order, place, value);

    /// <summary>Puts something else in the place of one of the members.</summary>
    private static string Spoil(JsonObject order, int place, string value)
    {
        var marked = order.DeepClone().AsObject();
        var members = Members(marked).ToArray();
        var (owner, name) = members[place % members.Length];
        owner[name] = "here it is spoilt";
        return marked.ToJsonString().Replace("\"here it is spoilt\"", value, StringComparison.Ordinal);
    }

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject owner => owner.Select(m => (owner, m.Key)).Concat(owner.SelectMany(m => Members(m.Value))),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}
