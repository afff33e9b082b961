using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Webhooks;

[Collection(SharedSystemTests.Name)]
public sealed class WebhookTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private Receiver Receiver => system.Sandbox.Receiver(_owner.Creator);

    [Fact]
    public async Task Final_states_are_told_signed_and_without_addresses()
    {
        await Complete();
        var webhook = await Create();
        var secret = webhook.GetProperty("secret").GetString()!;

        var order = await Complete();

        var told = (await Receiver.UntilEvents(1)).ShouldHaveSingleItem();
        told.ShipmentId.ShouldBe(order);
        told.SequenceNumber.ShouldBe((await _owner.WholeFeed())[^1].SequenceNumber);
        told.Type.ShouldBe("no.altinn.notifications.shipment.completed");
        told.Headers["content-type"].ShouldStartWith("application/cloudevents+json");
        told.IsSignedWith(secret).ShouldBeTrue();
        told.Body.ShouldNotContain("@");
        (await Receiver.Received())[0].Method.ShouldBe("OPTIONS");

        var stored = await Receipt(webhook);
        stored.ToString().ShouldNotContain("whsec_");
        stored.GetProperty("backlog").GetProperty("entries").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_receiver_that_has_not_consented()
    {
        await Receiver.Behave(allowedOrigin: "somebody.else.no");
        var webhook = await Create();
        var refused = await Eventually.Until("The refusal", () => Get(webhook), w => w.GetProperty("failures").GetInt32() > 0);
        refused.GetProperty("state").GetString().ShouldBe("Pending");
        refused.GetProperty("lastFailure").GetProperty("reason").GetString()!.ShouldContain("WebHook-Allowed-Origin");
        var order = await Complete();
        (await Eventually.Until("The backlog", () => Get(webhook), w => w.GetProperty("backlog").GetProperty("entries").GetInt32() == 1))
            .GetProperty("state").GetString().ShouldBe("Pending");
        (await Receiver.Events()).ShouldBeEmpty();

        await Receiver.Behave();
        await Change(webhook);

        (await Receiver.UntilEvents(1)).ShouldHaveSingleItem().ShipmentId.ShouldBe(order);
    }

    [Fact]
    public async Task Receiver_that_was_down_for_a_day_gets_everything_once_and_in_order()
    {
        await Receiver.Behave(answers: ["503"]);
        var webhook = await Create();
        for (var i = 0; i < 4; i++)
            await Complete();
        await Failing(webhook, times: 1);
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));
        await Failing(webhook, times: 2);
        (await Receiver.Events()).ShouldAllBe(e => e.SequenceNumber == _owner.WholeFeed().Result[0].SequenceNumber);

        await Receiver.Behave();
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(1));

        var feed = await _owner.WholeFeed();
        var taken = await Eventually.Until("All events", async () => (await Receiver.Events()).Where(e => e.IsTaken).ToArray(), events => events.Length >= feed.Count);
        taken.Select(e => e.SequenceNumber).ShouldBe(feed.Select(e => e.SequenceNumber));
        (await Eventually.Until("The receipts", () => Get(webhook), w => w.GetProperty("failures").GetInt32() == 0)).GetProperty("lastFailure").GetProperty("reason").GetString().ShouldBe("It answered 503.");
    }

    [Fact]
    public async Task Receiver_that_is_gone_is_left_alone_until_its_owner_says_otherwise()
    {
        await Receiver.Behave(answers: ["410"]);
        var webhook = await Create();
        var (first, second) = (await Complete(), await Complete());
        await Eventually.Until("The end", () => Get(webhook), w => w.GetProperty("state").GetString() == "Disabled");
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));
        (await Get(webhook)).GetProperty("backlog").GetProperty("entries").GetInt32().ShouldBe(2);
        (await Receiver.Events()).Count.ShouldBe(1);

        await Receiver.Behave();
        await Change(webhook);

        (await Receiver.UntilEvents(3)).Skip(1).Select(e => e.ShipmentId).ShouldBe([first, second]);
    }

    [Fact]
    public async Task Receiver_that_says_when_is_tried_then()
    {
        await Receiver.Behave(answers: ["429", "200"], retryAfter: 7200);
        var webhook = await Create();
        await Complete();
        var waits = await Failing(webhook, times: 1);
        (waits.GetProperty("nextAttempt").GetDateTimeOffset() - waits.GetProperty("lastFailure").GetProperty("at").GetDateTimeOffset()).TotalSeconds.ShouldBe(7200, 1);

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(2));

        (await Receiver.UntilEvents(2)).Select(e => e.IsTaken).ShouldBe([false, true]);
    }

    /// <summary>One after the other, they would take longer than anybody here waits.</summary>
    [Fact]
    public async Task Receivers_that_hang_keep_nobody_waiting_but_themselves()
    {
        var hanging = Enumerable.Range(0, 5).Select(i => system.Sandbox.Receiver($"{_owner.Creator}-{i}")).ToArray();
        foreach (var receiver in hanging)
        {
            await receiver.Behave(answers: ["timeout"]);
            (await _owner.Ask(HttpMethod.Post, "webhooks", new JsonObject { ["endpoint"] = receiver.Address.AbsoluteUri })).Status.ShouldBe(HttpStatusCode.Created);
        }
        await Complete();
        await Task.WhenAll(hanging.Select(r => r.UntilEvents(1)));

        await Create();
        var order = await Complete();

        (await Receiver.UntilEvents(1)).ShouldHaveSingleItem().ShipmentId.ShouldBe(order);
        foreach (var webhook in (await _owner.Ask(HttpMethod.Get, "webhooks")).Body.EnumerateArray())
            await _owner.Ask(HttpMethod.Delete, Path(webhook));
    }

    [Fact]
    public async Task Events_are_told_again_from_a_number_or_a_time_under_the_ids_they_had()
    {
        var webhook = await Create();
        await Complete();
        await Receipt(webhook);
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(10));
        var between = await system.Sandbox.Now();
        await Complete();
        await Complete();
        var ids = (await Receiver.UntilEvents(3)).Select(e => e.Id).ToArray();

        await Replay(webhook, new JsonObject { ["afterSequenceNumber"] = (await _owner.WholeFeed())[1].SequenceNumber });
        (await Receiver.UntilEvents(4))[3].Id.ShouldBe(ids[2]);

        await Replay(webhook, new JsonObject { ["since"] = between.UtcDateTime });
        (await Receiver.UntilEvents(6)).Skip(4).Select(e => e.Id).ShouldBe(ids[1..]);

        await Replay(webhook, new JsonObject { ["since"] = "2020-01-01T00:00:00Z" });
        (await Receiver.UntilEvents(9)).Skip(6).Select(e => e.Id).ShouldBe(ids);

        await Replay(webhook, new JsonObject { ["afterSequenceNumber"] = long.MaxValue });
        var next = await Complete();
        (await Receiver.UntilEvents(10))[9].ShipmentId.ShouldBe(next);
    }

    [Fact]
    public async Task Only_chosen_states_are_told()
    {
        await Create("Order_Cancelled");
        await Complete();
        var cancelled = await _owner.Accept(Order.Email($"{_owner.Creator}@example.no").At(await system.Sandbox.Now() + TimeSpan.FromDays(1)));
        (await _owner.Cancel(cancelled.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        (await Receiver.UntilEvents(1)).ShouldHaveSingleItem().Type.ShouldBe("no.altinn.notifications.shipment.cancelled");
    }

    [Fact]
    public async Task Receiver_that_wants_batches_gets_many_events_at_once_and_none_twice()
    {
        await system.Ledger.AddToFeed(_owner.Creator, 250);
        var webhook = (await _owner.Ask(HttpMethod.Post, "webhooks", new JsonObject { ["endpoint"] = Receiver.Address.AbsoluteUri, ["batchSize"] = 100 })).Body;
        await Replay(webhook, new JsonObject { ["afterSequenceNumber"] = 0 });

        var batches = await Eventually.Until("All batches", Receiver.Events, events => events.Sum(e => e.BatchedIds.Count) >= 250);

        batches.SelectMany(b => b.BatchedIds).ShouldBe((await _owner.WholeFeed()).Select(e => e.SequenceNumber.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        batches.Count.ShouldBe(3);
        batches.ShouldAllBe(b => b.IsSignedWith(webhook.GetProperty("secret").GetString()!));
    }

    [Fact]
    public async Task Old_secret_signs_beside_the_new_one_for_a_day()
    {
        var webhook = await Create();
        var old = webhook.GetProperty("secret").GetString()!;
        var rotated = (await _owner.Ask(HttpMethod.Post, $"{Path(webhook)}/secret")).Body.GetProperty("secret").GetString()!;
        rotated.ShouldNotBe(old);

        await Complete();
        var told = (await Receiver.UntilEvents(1))[0];
        (told.IsSignedWith(rotated), told.IsSignedWith(old)).ShouldBe((true, true));

        await Receipt(webhook);
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(25));
        await Complete();
        told = (await Receiver.UntilEvents(2))[1];
        (told.IsSignedWith(rotated), told.IsSignedWith(old)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Webhook_is_its_creators_own()
    {
        var webhook = await Create();
        var stranger = system.NewOwner();
        var body = new JsonObject { ["endpoint"] = Receiver.Address.AbsoluteUri };

        foreach (var (method, path, content) in new (HttpMethod, string, JsonNode?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Put, "", body), (HttpMethod.Post, "/secret", null), (HttpMethod.Post, "/replay", new JsonObject { ["afterSequenceNumber"] = 0 }), (HttpMethod.Delete, "", null),
        })
            (await stranger.Ask(method, Path(webhook) + path, content)).Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
        (await stranger.Ask(HttpMethod.Get, "webhooks")).Body.GetArrayLength().ShouldBe(0);

        (await _owner.Ask(HttpMethod.Get, "webhooks")).Body.GetArrayLength().ShouldBe(1);
        (await _owner.Ask(HttpMethod.Delete, Path(webhook))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.Ask(HttpMethod.Get, Path(webhook))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Creator_has_ten_webhooks_at_most()
    {
        for (var i = 0; i < 10; i++)
            await Create();

        (await Post()).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"endpoint":"nowhere"}""", "Endpoint")]
    [InlineData("""{"endpoint":"ftp://etaten.example"}""", "Endpoint")]
    [InlineData("""{"endpoint":"https://etaten.example","statuses":["Order_Processed"]}""", "Statuses[0]")]
    [InlineData("""{}""", "$")]
    public async Task Webhook_that_cannot_be_is_refused(string body, string field) =>
        (await _owner.Ask(HttpMethod.Post, "webhooks", JsonNode.Parse(body))).Errors().ShouldContain(field);

    [Theory]
    [InlineData("""{}""", "AfterSequenceNumber")]
    [InlineData("""{"afterSequenceNumber":-1}""", "AfterSequenceNumber")]
    [InlineData("""{"afterSequenceNumber":1,"since":"2026-01-01T00:00:00Z"}""", "AfterSequenceNumber")]
    [InlineData("""{"since":"2026-01-01T00:00:00"}""", "Since")]
    public async Task Replay_from_nowhere_is_refused(string body, string field) =>
        (await _owner.Ask(HttpMethod.Post, $"webhooks/{Guid.NewGuid()}/replay", JsonNode.Parse(body))).Errors().ShouldBe([field]);

    private async Task<JsonElement> Create(params string[] statuses)
    {
        var answer = await Post(statuses);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        answer.Location!.AbsolutePath.ShouldEndWith(Path(answer.Body));
        return answer.Body;
    }

    private Task<Answer> Post(params string[] statuses) => _owner.Ask(HttpMethod.Post, "webhooks", new JsonObject
    {
        ["endpoint"] = Receiver.Address.AbsoluteUri,
        ["statuses"] = new JsonArray([.. statuses.Select(s => JsonValue.Create(s))]),
    });

    private async Task Change(JsonElement webhook) =>
        (await _owner.Ask(HttpMethod.Put, Path(webhook), new JsonObject { ["endpoint"] = Receiver.Address.AbsoluteUri })).Status.ShouldBe(HttpStatusCode.OK);

    private async Task Replay(JsonElement webhook, JsonObject from) =>
        (await _owner.Ask(HttpMethod.Post, $"{Path(webhook)}/replay", from)).Status.ShouldBe(HttpStatusCode.Accepted);

    private async Task<JsonElement> Get(JsonElement webhook) => (await _owner.Ask(HttpMethod.Get, Path(webhook))).Body;

    /// <summary>Until it is kept that an event was taken. Moved before, the clock ends the webhook's turn, and the event is told again.</summary>
    private Task<JsonElement> Receipt(JsonElement webhook) => Eventually.Until("The receipt", () => Get(webhook), w => w.TryGetProperty("lastSuccess", out _));

    private Task<JsonElement> Failing(JsonElement webhook, int times) =>
        Eventually.Until($"{times} failures", () => Get(webhook), w => w.GetProperty("failures").GetInt32() >= times);

    private async Task<Guid> Complete()
    {
        var order = await _owner.OrderEmail($"{_owner.Creator}@example.no");
        await _owner.UntilCompleted(order.ShipmentId);
        return order.ShipmentId;
    }

    private static string Path(JsonElement webhook) => $"webhooks/{webhook.GetProperty("id").GetGuid()}";
}
