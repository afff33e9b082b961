using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Apps;

/// <summary>Apps walk through their processes in the sandbox and tell of it by real CloudEvents.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class RuleTests(SharedSystem system) : IAsyncLifetime
{
    private const string Created = "app.instance.created";
    private const string Completed = "app.instance.process.completed";
    private static int _persons;

    private readonly NotificationsDriver _owner = system.NewOwner();

    private string App => $"{_owner.Creator}/form";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Sandbox.Fault("storage", "none");

    [Fact]
    public async Task Instance_that_enters_a_task_has_its_owner_told_once_and_reminded_only_while_it_stays()
    {
        await Rule(InTask("Task_2").With("stopOn", new JsonArray(Completed)));
        var (stays, leaves, leavesUnheard) = (await Instance("nn"), await Instance("en"), await Instance("nb"));

        await Task.WhenAll(new[] { stays, leaves, leavesUnheard }.Select(async i =>
        {
            await i.Instance.In("Task_1");
            await i.Instance.Tell([Created]);
            await i.Instance.In("Task_2");
            await i.Instance.Tell(["app.instance.process.movedTo.Task_2", Created], copies: 10, shuffle: true);
        }));
        await UntilTold(stays, "Til signering");
        await UntilTold(leaves, "To be signed");
        await UntilTold(leavesUnheard, "Til signatur");

        await leaves.Instance.Completed();
        await leaves.Instance.Tell([Completed], copies: 2);
        await leavesUnheard.Instance.In("Task_3");
        var reminder = (await Chain(leaves)).Reminder;
        await Eventually.Until("The reminder that is not wanted any more", () => _owner.Shipment(reminder), s => s.Status == Shipment.Cancelled);
        (await _owner.Get($"shipment/{reminder}/history")).Body.EnumerateArray().Last().GetProperty("reason").GetString().ShouldBe("ByAppEvent");

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(7));
        await system.Sandbox.UntilInbox(stays.Email, count: 2);
        await _owner.UntilShipment((await Chain(leavesUnheard)).Reminder, s => s.Status == Shipment.SendConditionNotMet);
        foreach (var (who, messages) in new[] { (stays, 2), (leaves, 1), (leavesUnheard, 1) })
            (await system.Sandbox.Inbox(who.Email)).Count.ShouldBe(messages);
        (await Steps()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Task_that_is_entered_again_is_another_step_and_the_first_one_is_told_by_being_created()
    {
        await Rule(InTask("Task_1"));
        var person = await Instance("nb");

        await person.Instance.In("Task_1");
        await person.Instance.Tell([Created], copies: 3);
        await system.Sandbox.UntilInbox(person.Email);
        await person.Instance.In("Task_2");
        await person.Instance.MoveTo("Task_1", copies: 3);

        await system.Sandbox.UntilInbox(person.Email, count: 2);
        (await Steps()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Event_that_comes_late_or_while_storage_is_away_is_held_against_how_the_instance_is()
    {
        await Rule(Trigger(Completed));
        var (early, done) = (await Instance("nb"), await Instance("nb"));
        await early.Instance.In("Task_1");
        await early.Instance.Tell([Completed]);

        await done.Instance.Completed();
        await system.Sandbox.Fault("storage", "500", about: done.Instance.Id);
        await done.Instance.Tell([Completed]);
        await Eventually.Until("The attempt that failed", Events, events => events.GetProperty("failing").GetInt32() == 1);
        await system.Sandbox.Fault("storage", "none");

        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(1));
        await system.Sandbox.UntilInbox(done.Email);
        var events = await Eventually.Until("The attempt that succeeded", Events, events => events.GetProperty("failing").GetInt32() == 0);
        (events.GetProperty("givenUp").GetInt32(), events.TryGetProperty("lastReceived", out _)).ShouldBe((0, true));
        (await Steps()).ShouldHaveSingleItem().GetProperty("instanceId").GetString().ShouldBe(done.Instance.Id);
    }

    [Fact]
    public async Task Step_that_nobody_can_be_told_of_says_so()
    {
        await Rule(Trigger("app.instance.substatus.changed"));
        var nobodys = new AppInstance(system.Sandbox, App, partyId: 700001);
        await nobodys.Put(new JsonObject { ["status"] = new JsonObject { ["substatus"] = new JsonObject { ["label"] = "approved" } } });

        await nobodys.Tell(["app.instance.substatus.changed"]);

        var step = (await Eventually.Until("The step", Steps, steps => steps.Count == 1))[0];
        step.GetProperty("step").GetString().ShouldBe("substatus.approved");
        step.GetProperty("refusal").GetString().ShouldNotBeNullOrEmpty();
        step.TryGetProperty("notificationOrderId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Rules_are_kept_changed_and_seen_by_their_creator_alone()
    {
        (await Put(InTask("Task_2"))).Status.ShouldBe(HttpStatusCode.Created);
        var changed = await Put(InTask("Task_3").With("recipient", new JsonObject { ["orgNumber"] = "991825827" }));
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Body.TryGetProperty("warnings", out _).ShouldBeFalse();

        var rule = (await _owner.Ask(HttpMethod.Get, "notificationrules/signing")).Body;
        rule.GetProperty("rule").GetProperty("on").GetProperty("task").GetString().ShouldBe("Task_3");
        rule.GetProperty("rule").GetProperty("recipient").GetProperty("orgNumber").GetString().ShouldBe("991825827");
        rule.GetProperty("events").GetProperty("subscriptionId").GetInt64().ShouldBePositive();
        (await _owner.Ask(HttpMethod.Get, "notificationrules")).Body.GetArrayLength().ShouldBe(1);

        var other = system.NewOwner();
        foreach (var path in new[] { "notificationrules/signing", "notificationrules/signing/steps" })
            (await other.Ask(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Ask(HttpMethod.Delete, "notificationrules/signing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Ask(HttpMethod.Get, "notificationrules")).Body.GetArrayLength().ShouldBe(0);
        var others = await other.Ask(HttpMethod.Put, "notificationrules/signing", InTask("Task_2"));
        others.Status.ShouldBe(HttpStatusCode.BadRequest);
        others.Errors().ShouldBe(["App"]);

        (await _owner.Ask(HttpMethod.Delete, "notificationrules/signing")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.Ask(HttpMethod.Delete, "notificationrules/signing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Webhook_listens_to_nobody_who_does_not_know_the_creators_own_code()
    {
        var endPoint = (await Put(InTask("Task_2"))).Body.GetProperty("events").GetProperty("endPoint").GetString()!;
        var (own, others) = (new Uri(endPoint).PathAndQuery, new Uri((await Put(InTask("Task_2"), system.NewOwner())).Body.GetProperty("events").GetProperty("endPoint").GetString()!).PathAndQuery);
        var happened = $$"""
            {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"https://{{_owner.Creator}}.apps.altinn.no/{{App}}/instances/501337/{{Guid.NewGuid()}}","type":"app.instance.created"}
            """;

        (await _owner.Call(HttpMethod.Post, own, happened)).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Call(HttpMethod.Post, others, happened)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Call(HttpMethod.Post, own[..^1] + (own[^1] == 'A' ? 'B' : 'A'), happened)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Call(HttpMethod.Post, own.Split('?')[0], happened)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Call(HttpMethod.Post, own, """{"specversion":"1.0","id":"1","source":"https://platform.altinn.no/events/api/v1/subscriptions/1234","type":"platform.events.validatesubscription"}"""))
            .Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Call(HttpMethod.Post, own, """{"type":"dialogporten.dialog.created.v1"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Call(HttpMethod.Post, own, "<xml/>")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Order_that_a_client_made_is_stopped_by_an_event_too()
    {
        var person = await Instance("nb");
        await person.Instance.In("Task_1");
        var order = await _owner.Accept(Order.Email(person.Email).With("instanceCondition", person.Instance.Condition("NotSubmitted"))
            .With("stopOn", new JsonArray("app.form.withdrawn")).RemindedAfterDays(1, Order.EmailRecipient(person.Email)));
        await _owner.UntilCompleted(order.ShipmentId);
        await system.Sandbox.UntilSubscribed(_owner.Creator);

        await person.Instance.Tell(["app.form.withdrawn"]);

        await _owner.UntilShipment(order.Reminders[0], s => s.Status == Shipment.Cancelled);
        (await _owner.Post(Order.Email(person.Email).With("stopOn", new JsonArray(Completed)))).Errors().ShouldBe(["StopOn"]);
    }

    private async Task Rule(JsonObject rule)
    {
        (await Put(rule)).Status.ShouldBe(HttpStatusCode.Created);
        await system.Sandbox.UntilSubscribed(_owner.Creator);
    }

    private Task<Answer> Put(JsonObject rule, NotificationsDriver? owner = null) =>
        (owner ?? _owner).Ask(HttpMethod.Put, "notificationrules/signing", rule.With("app", $"{(owner ?? _owner).Creator}/form"));

    private JsonObject InTask(string task) => Trigger("app.instance.process.movedTo").With("on.task", task);

    private JsonObject Trigger(string happened) => JsonNode.Parse($$"""
        {
          "app": "{{App}}", "on": { "event": "{{happened}}" },
          "order": { "channelSchema": "Email", "reminders": [ { "delayDays": 7 } ] },
          "texts": {
            "nb": { "emailSubject": "Til signatur", "emailBody": "Hei" }, "nn": { "emailSubject": "Til signering", "emailBody": "Hei" }, "en": { "emailSubject": "To be signed", "emailBody": "Hello" } }
        }
        """)!.AsObject();

    private async Task<(AppInstance Instance, string Email)> Instance(string language)
    {
        var number = $"{Interlocked.Increment(ref _persons):00000}282345";
        var email = $"{_owner.Creator}-{number}@example.no";
        await system.Sandbox.Person(number, "Kari Nordmann", email, language: language);
        return (new AppInstance(system.Sandbox, App, partyId: 600000 + _persons, number), email);
    }

    private async Task UntilTold((AppInstance Instance, string Email) who, string subject) =>
        (await system.Sandbox.UntilInbox(who.Email)).ShouldHaveSingleItem().Subject.ShouldBe(subject);

    private async Task<IReadOnlyList<JsonElement>> Steps() => [.. (await _owner.Ask(HttpMethod.Get, "notificationrules/signing/steps")).Body.EnumerateArray()];

    private async Task<JsonElement> Events() => (await _owner.Ask(HttpMethod.Get, "notificationrules/signing")).Body.GetProperty("events");

    private async Task<(Guid Main, Guid Reminder)> Chain((AppInstance Instance, string Email) who)
    {
        var order = (await Steps()).Single(s => s.GetProperty("instanceId").GetString() == who.Instance.Id).GetProperty("notificationOrderId").GetGuid();
        var shipments = (await _owner.GetChain(order)).Body.GetProperty("shipments").EnumerateArray().Select(s => s.GetProperty("shipmentId").GetGuid()).ToArray();
        return (shipments[0], shipments[1]);
    }
}
