using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

/// <summary>What the answer to an order says about those who are looked up. The order is accepted whatever it says.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class RecipientLookupTests(SharedSystem system) : IAsyncLifetime
{
    private const string Reachable = "02069800001";
    private const string Reserved = "02069800002";
    private const string WithoutMobile = "02069800003";
    private const string Unknown = "02069800099";
    private const string Organization = "310000001";
    private const string UnknownOrganization = "310000099";

    private readonly V1Driver _owner = system.NewOwner().V1;

    public async Task InitializeAsync()
    {
        await system.Sandbox.Person(Reachable, "Ada Nordmann", email: "lookup1@example.no", mobile: "+4798200001");
        await system.Sandbox.Person(Reserved, "Ola Nordmann", email: "lookup2@example.no", mobile: "+4798200002", isReserved: true);
        await system.Sandbox.Person(WithoutMobile, "Kari Nordmann", email: "lookup3@example.no");
        await system.Sandbox.Organization(Organization, "Lookup AS", emails: ["lookup4@example.no"]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public Task Everybody_is_found() => Answers(EmailTo(Person(Reachable), Org(Organization), Email("ada@example.no")), "Success", [], []);

    [Fact]
    public Task Some_are_not() => Answers(EmailTo(Person(Reachable), Person(Unknown), Org(UnknownOrganization)), "PartialSuccess", [], [Unknown, UnknownOrganization]);

    [Fact]
    public Task Nobody_is() => Answers(EmailTo(Person(Unknown), Email("ada@example.no")), "Failed", [], [Unknown]);

    [Fact]
    public Task Somebody_who_is_reserved_is_not_missing() => Answers(EmailTo(Person(Reserved), Person(Reachable)), "PartialSuccess", [Reserved], []);

    [Fact]
    public Task Somebody_without_an_address_of_the_channel_is_missing_from_it() => Answers(SmsTo(Person(WithoutMobile), Org(Organization)), "Failed", [], [WithoutMobile, Organization], "orders/sms");

    [Fact]
    public Task Preferred_channel_takes_any_address() => Answers(AnyTo("SmsPreferred", Person(WithoutMobile), Org(Organization)), "Success", [], [], "orders");

    [Fact]
    public async Task Organization_is_told_at_each_of_its_addresses()
    {
        await system.Sandbox.Organization("310000002", "Many AS", emails: ["many1@example.no", "many2@example.no"]);
        var id = await _owner.Accept("orders/email", EmailTo(Org("310000002")));

        var list = await _owner.UntilEach(id, "email", "Delivered", "Delivered");
        foreach (var recipient in list.GetProperty("notifications").EnumerateArray().Select(n => n.GetProperty("recipient")))
            recipient.GetProperty("organizationNumber").GetString().ShouldBe("310000002");
    }

    [Fact]
    public async Task Order_is_not_accepted_while_the_lookup_cannot_be_made()
    {
        await system.Sandbox.Fault("profile", "503");
        try
        {
            var answer = await _owner.Post("orders/email", EmailTo(Person(Reachable)).With("sendersReference", "away"));
            (answer.Status, answer.Body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.ServiceUnavailable, "NOT-00004"));
            (await _owner.Post("orders/email", EmailTo(Email("ada@example.no")))).Status.ShouldBe(HttpStatusCode.Accepted);
        }
        finally
        {
            await system.Sandbox.Fault("profile", "none");
        }
        (await _owner.Get("orders?sendersReference=away")).Body.GetProperty("count").GetInt32().ShouldBe(0);
    }

    private static JsonObject Org(string number) => new() { ["organizationNumber"] = number };

    private async Task Answers(JsonObject order, string status, string[] reserved, string[] missing, string path = "orders/email")
    {
        var answer = await _owner.Post(path, order.At(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        var lookup = answer.Body.GetProperty("recipientLookup");
        lookup.EnumerateObject().Select(m => m.Name).ShouldBe(["status", "isReserved", "missingContact"]);
        lookup.GetProperty("status").GetString().ShouldBe(status);
        Texts(lookup.GetProperty("isReserved")).ShouldBe(reserved);
        Texts(lookup.GetProperty("missingContact")).ShouldBe(missing, ignoreOrder: true);
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!);
}
