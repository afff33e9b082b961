using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class ForesightTests(SharedSystem system)
{
    private const string Number = "00001582345";
    private const string Reserved = "00002582345";
    private const string Unknown = "00003582345";
    private const string Email = "foreseen@example.no";
    private const string Mobile = "+4796400012";
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Dry_run_tells_what_an_order_would_do_and_does_nothing_of_it()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email, Mobile);
        await system.Sandbox.AdvanceClockTo(20);
        var condition = await system.Sandbox.Condition($"foreseen-{_owner.Creator}", [true]);
        var order = Order.Person(Number, "SmsPreferred", body: new string('x', 150) + " $recipientName$").With("conditionEndpoint", condition)
            .With("recipient.recipientPerson.smsSettings.sendingTimePolicy", "Daytime").With("fallbackAfter", "PT2H").With("misspelt", 1)
            .With("reminderPlan", new JsonObject { ["every"] = "P7D", ["max"] = 2 });

        var foreseen = await DryRun(order);

        foreseen.GetProperty("valid").GetBoolean().ShouldBeTrue();
        foreseen.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("misspelt");
        var steps = foreseen.GetProperty("steps").EnumerateArray().ToArray();
        steps.Select(Told).ShouldBe(
        [
            "ConditionMet", "Send SMS +47***12 2", "FallBackIfFailedOrNotReported Email f***@e***.no",
            "Remind SMS +47***12 2", "FallBackIfFailedOrNotReported Email f***@e***.no", "Remind SMS +47***12 2", "FallBackIfFailedOrNotReported Email f***@e***.no",
        ]);
        var (sends, falls) = (steps[1].GetProperty("at").GetDateTimeOffset(), steps[2].GetProperty("at").GetDateTimeOffset());
        TimeZoneInfo.ConvertTime(sends, TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo")).TimeOfDay.ShouldBe(TimeSpan.FromHours(9));
        (falls - sends).ShouldBe(TimeSpan.FromHours(2));

        // What was tried is still to be had under its id, and nobody was told.
        var answer = await _owner.Post(order);
        answer.Status.ShouldBe(HttpStatusCode.Created);
        await _owner.UntilNotification(answer.Accepted().ShipmentId, "SMS_New");
        (await system.Ledger.Of(_owner.Creator)).Count.ShouldBe(1);
        (await system.Sandbox.Inbox(Mobile)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Dry_run_refuses_what_is_wrong_and_says_what_would_be_refused()
    {
        (await _owner.Ask(HttpMethod.Post, "future/orders?dryRun=true", Order.Email("no address"))).Status.ShouldBe(HttpStatusCode.BadRequest);

        var foreseen = await DryRun(Order.Person(Unknown, "Email"));
        foreseen.GetProperty("valid").GetBoolean().ShouldBeFalse();
        foreseen.GetProperty("warnings").GetArrayLength().ShouldBe(1);
        foreseen.GetProperty("steps").EnumerateArray().Select(Told).ShouldBe(["RecipientNotIdentified Email"]);
        (await _owner.WholeFeed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reachability_tells_the_channels_and_never_an_address()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email, Mobile, mobileOutdated: true);
        await system.Sandbox.Person(Reserved, "Ola Nordmann", Email, Mobile, isReserved: true);
        await system.Sandbox.Organization("905824441", "Etaten", ["post@etat.no"]);

        var answer = await _owner.Ask(HttpMethod.Post, "future/reachability", new JsonObject
        {
            ["recipients"] = new JsonArray([.. new[] { Number, Reserved, Unknown }.Select(n => new JsonObject { ["nationalIdentityNumber"] = n }), new JsonObject { ["organizationNumber"] = "905824441" }]),
        });

        answer.Status.ShouldBe(HttpStatusCode.OK, $"{answer.Body}");
        answer.Body.EnumerateArray().Select(r => string.Join(' ', r.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.True).Select(m => m.Name)))
            .ShouldBe(["email isStale", "email sms isReserved", "", "email"]);
        answer.Body.GetRawText().ShouldNotContain("example");
        (await _owner.Ask(HttpMethod.Post, "future/reachability", new JsonObject { ["recipients"] = new JsonArray(new JsonObject()) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _owner.Ask(HttpMethod.Post, "future/reachability", new JsonObject { ["recipients"] = new JsonArray() })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<JsonElement> DryRun(JsonObject order)
    {
        var answer = await _owner.Ask(HttpMethod.Post, "future/orders?dryRun=true", order);
        answer.Status.ShouldBe(HttpStatusCode.OK, $"{answer.Body}");
        return answer.Body;
    }

    private static string Told(JsonElement step) =>
        string.Join(' ', new[] { "what", "channel", "recipient", "smsParts" }.Select(name => step.TryGetProperty(name, out var value) ? value.ToString() : null).OfType<string>());
}
