using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Templates;

[Collection(SharedSystemTests.Name)]
public sealed class TemplateTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Everybody_is_told_in_the_language_that_they_read()
    {
        await Put("decision", """
            {"contentType":"Html","tokens":{"case":{"type":"Text"},"deadline":{"type":"Date"}},
             "texts":{"nb":{"subject":"Sak {{case}}","body":"<p>Hei $recipientName$, frist {{deadline}}, sak {{case}}</p>","sms":"Frist {{deadline}}"},
                      "en":{"subject":"Case {{case}}","body":"<p>Hello $recipientName$, by {{deadline}}, case {{case}}</p>","sms":"By {{deadline}}"}}}
            """);
        foreach (var (number, language) in new[] { ("00001573345", "nb"), ("00001574345", "en"), ("00001575345", "nn") })
            await Person(number, language);
        var template = """{"name":"decision","tokens":{"case":"<1>","deadline":"2026-05-17"}}""";

        var orders = new List<AcceptedOrder>();
        foreach (var number in new[] { "00001573345", "00001574345", "00001575345" })
            orders.Add(await _owner.Accept(Templated(Order.Person(number, "EmailAndSms"), "recipientPerson", template)));
        foreach (var order in orders)
            await _owner.UntilShipment(order.ShipmentId, s => s.Status == Shipment.Completed);

        foreach (var (number, subject, body, sms) in new[]
        {
            ("00001573345", "Sak <1>", "<p>Hei Ada Nordmann, frist 17. mai 2026, sak &lt;1&gt;</p>", "Frist 17. mai 2026"),
            ("00001574345", "Case <1>", "<p>Hello Ada Nordmann, by 17 May 2026, case &lt;1&gt;</p>", "By 17 May 2026"),
            ("00001575345", "Sak <1>", "<p>Hei Ada Nordmann, frist 17. mai 2026, sak &lt;1&gt;</p>", "Frist 17. mai 2026"),
        })
        {
            var email = (await system.Sandbox.Inbox(EmailOf(number))).ShouldHaveSingleItem();
            (email.Subject, email.Body).ShouldBe((subject, body));
            (await system.Sandbox.Inbox(MobileOf(number))).ShouldHaveSingleItem().Body.ShouldBe(sms);
        }
    }

    [Fact]
    public async Task An_order_keeps_the_version_that_it_was_ordered_with_and_falls_back_in_its_language()
    {
        const string number = "00001576345";
        await system.Sandbox.Person(number, "Ada Nordmann", $"bounced+{_owner.Creator}@simulator.test", MobileOf(number), language: "en");
        var to = $"{_owner.Creator}@example.no";
        (await Put("news", """{"texts":{"nb":{"subject":"En","body":"Første","sms":"Første"},"en":{"subject":"One","body":"First","sms":"First"}}}""")).GetProperty("version").GetInt32().ShouldBe(1);
        var later = await _owner.Accept(Templated(Order.Email(to), "recipientEmail", """{"name":"news","language":"en"}""").At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));
        var falls = await _owner.Accept(Templated(Order.Person(number, "EmailPreferred"), "recipientPerson", """{"name":"news"}"""));

        (await Put("news", """{"texts":{"nb":{"subject":"To","body":"Andre"}}}""")).GetProperty("version").GetInt32().ShouldBe(2);
        var old = await _owner.Accept(Templated(Order.Email(to), "recipientEmail", """{"name":"news","version":1}"""));
        (await _owner.Ask(HttpMethod.Delete, "templates/news")).Status.ShouldBe(HttpStatusCode.NoContent);

        await _owner.UntilCompleted(old.ShipmentId);
        (await system.Sandbox.Inbox(to)).ShouldHaveSingleItem().Subject.ShouldBe("En");
        await _owner.UntilCompleted(falls.ShipmentId);
        (await system.Sandbox.Inbox(MobileOf(number))).ShouldHaveSingleItem().Body.ShouldBe("First");
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));
        await _owner.UntilCompleted(later.ShipmentId);
        (await system.Sandbox.Inbox(to))[1].Subject.ShouldBe("One");
    }

    [Fact]
    public async Task The_old_notice_with_a_reminder_reminds_after_a_week()
    {
        var to = $"{_owner.Creator}@example.no";
        var order = await _owner.Accept(Templated(Order.Email(to), "recipientEmail", """{"name":"VarselDPVMedRevarsel","tokens":{"1":"Du har fått et brev."}}"""));
        await _owner.UntilCompleted(order.ShipmentId);

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(7));

        await _owner.UntilCompleted(order.Reminders.ShouldHaveSingleItem());
        (await system.Sandbox.Inbox(to)).Select(m => m.Body).ShouldBe(["Du har fått et brev.", "Påminnelse: Du har fått et brev."]);
    }

    [Fact]
    public async Task Templates_are_their_creators_own_and_every_version_of_them_can_be_read()
    {
        for (var version = 1; version <= 2; version++)
            await Put("mine", $$"""{"description":"v{{version}}","texts":{"nb":{"sms":"Hei"} } }""");
        (await Put("mine", """{"texts":{"nb":{"sms":"Hei","bdy":"Hei"}}}""")).GetProperty("warnings")[0].GetString()!.ShouldContain("/texts/nb/bdy");
        var stranger = system.NewOwner();

        (await _owner.Ask(HttpMethod.Get, "templates/mine")).Body.GetProperty("version").GetInt32().ShouldBe(3);
        (await _owner.Ask(HttpMethod.Get, "templates/mine?version=2")).Body.GetProperty("content").GetProperty("description").GetString().ShouldBe("v2");
        (await _owner.Ask(HttpMethod.Get, "templates/mine/versions?pageSize=2")).Body.EnumerateArray().Select(t => t.GetProperty("version").GetInt32()).ShouldBe([3, 2]);
        Names(await _owner.Ask(HttpMethod.Get, "templates")).ShouldBe(["mine", "TokenTextOnly", "VarselDPVUtenRevarsel", "VarselDPVMedRevarsel"]);
        Names(await stranger.Ask(HttpMethod.Get, "templates")).ShouldNotContain("mine");
        foreach (var (method, path) in new[] { (HttpMethod.Get, "templates/mine"), (HttpMethod.Get, "templates/mine/versions"), (HttpMethod.Delete, "templates/mine") })
            (await stranger.Ask(method, path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await stranger.Ask(HttpMethod.Post, "templates/mine/preview", new JsonObject())).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Post(Templated(Order.Sms("+4799999999"), "recipientSms", """{"name":"mine"}"""))).Errors().ShouldBe(["Recipient.RecipientSms.Settings.Template.Name"]);

        (await _owner.Ask(HttpMethod.Delete, "templates/mine")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.Ask(HttpMethod.Get, "templates/mine")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _owner.Post(Templated(Order.Sms("+4799999999"), "recipientSms", """{"name":"mine","version":3}"""))).Errors().ShouldBe(["Recipient.RecipientSms.Settings.Template.Name"]);
        (await _owner.Ask(HttpMethod.Put, "templates/TokenTextOnly", JsonNode.Parse("""{"texts":{"nb":{"sms":"Hei"}}}"""))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Preview_shows_every_language_with_names_and_parts()
    {
        await Put("short", """{"tokens":{"what":{"type":"Text"}},"texts":{"nb":{"sms":"$recipientName$: {{what}}"},"en":{"sms":"{{what}} for $recipientName$"}}}""");

        var shown = (await _owner.Ask(HttpMethod.Post, "templates/short/preview", JsonNode.Parse($$"""{"tokens":{"what":"{{new string('x', 150)}}"},"recipientName":"Kari Nordmann"}"""))).Body.GetProperty("texts");
        (await _owner.Ask(HttpMethod.Post, "templates/short/preview", JsonNode.Parse("""{"tokens":{"wat":"x"}}"""))).Errors().ShouldBe(["Tokens.what", "Tokens.wat"]);

        shown.GetProperty("nb").GetProperty("sms").GetString().ShouldStartWith("Kari Nordmann: xxx");
        shown.GetProperty("nb").GetProperty("smsParts").GetInt32().ShouldBe(2);
        shown.GetProperty("en").GetProperty("smsCharacters").GetInt32().ShouldBe(168);
    }

    [Fact]
    public async Task What_an_order_fills_in_wrongly_is_told_by_name_and_pointer_also_in_a_dry_run()
    {
        await Put("due", """{"tokens":{"day":{"type":"Date"}},"texts":{"nb":{"sms":"Frist {{day}}"}}}""");
        var order = Templated(Order.Sms("+4799999999"), "recipientSms", """{"name":"due","tokens":{"day":"tomorrow"}}""");

        var refused = await _owner.Post(order);
        refused.Errors().ShouldBe(["Recipient.RecipientSms.Settings.Template.Tokens.day"]);
        refused.Body.GetProperty("pointers").EnumerateObject().Single().Value.GetString().ShouldBe("/recipient/recipientSms/smsSettings/template/tokens/day");
        (await _owner.Ask(HttpMethod.Post, "future/orders?dryRun=true", order)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var planned = await _owner.Ask(HttpMethod.Post, "future/orders?dryRun=true", Templated(Order.Sms("+4799999999"), "recipientSms", """{"name":"due","tokens":{"day":"2026-05-17"}}"""));
        planned.Body.GetProperty("steps")[0].GetProperty("smsParts").GetInt32().ShouldBe(1);
    }

    private static IEnumerable<string?> Names(Answer answer) => answer.Body.EnumerateArray().Select(t => t.GetProperty("name").GetString());

    private async Task<JsonElement> Put(string name, string body)
    {
        var answer = await _owner.Ask(HttpMethod.Put, $"templates/{name}", JsonNode.Parse(body));
        answer.Status.ShouldBe(HttpStatusCode.Created, $"{answer.Body}");
        return answer.Body;
    }

    /// <summary>The order with a template instead of each of its texts.</summary>
    private static JsonObject Templated(JsonObject order, string kind, string template)
    {
        var recipient = order["recipient"]![kind]!;
        foreach (var settings in new[] { "emailSettings", "smsSettings" }.Select(name => recipient[name]).OfType<JsonObject>())
        {
            settings.Remove("subject");
            settings.Remove("body");
            settings["template"] = JsonNode.Parse(template);
        }
        return order;
    }

    private Task Person(string number, string language) => system.Sandbox.Person(number, "Ada Nordmann", EmailOf(number), MobileOf(number), language: language);

    private string EmailOf(string number) => $"{_owner.Creator}.{number}@example.no";

    private static string MobileOf(string number) => $"+4796{number[2..8]}";
}
