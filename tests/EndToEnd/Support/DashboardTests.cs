using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Support;

[Collection(SharedSystemTests.Name)]
public sealed class DashboardTests(SharedSystem system)
{
    private const string Root = "notifications/api/v1/future/dashboard/recipients/notifications/";
    private const string Scope = "org=digdir&scope=altinn:notifications.support.admin";
    private static readonly HttpClient Http = new();
    private static int _recipients;
    private readonly int _recipient = Interlocked.Increment(ref _recipients);

    private string Person => $"{_recipient:00000}312345";

    private string Organization => $"9110{_recipient:00000}";

    [Fact]
    public async Task Support_sees_what_a_person_was_sent_whoever_sent_it()
    {
        var (one, other) = (system.NewOwner(), system.NewOwner());
        await system.Sandbox.Person(Person, "Ada Nordmann", $"dashboard{_recipient}@example.no");
        var first = await one.Accept(Order.Person(Person, "EmailAndSms").With("sendersReference", "case-1"));
        await one.UntilCompleted(first.ShipmentId);
        var second = await other.OrderPerson(Person, "EmailPreferred");
        await other.UntilCompleted(second.ShipmentId);

        var found = (await Ask("nin", Person)).Body.EnumerateArray().ToArray();
        found.Select(s => s.GetProperty("shipmentId").GetGuid()).ShouldBe([second.ShipmentId, first.ShipmentId]);
        found.Select(s => s.GetProperty("creatorName").GetString()).ShouldBe([other.Creator, one.Creator]);
        found[1].GetProperty("sendersReference").GetString().ShouldBe("case-1");
        found[1].GetProperty("notificationChannel").GetString().ShouldBe("EmailAndSms");
        found[1].GetProperty("notificationType").GetString().ShouldBe("Notification");
        found[1].GetProperty("deliveryAttempts").EnumerateArray()
            .Select(a => $"{a.GetProperty("channel")} {(a.TryGetProperty("emailAddress", out var email) ? email : "-")} {a.GetProperty("result")} {a.GetProperty("nationalIdentityNumber")}")
            .ShouldBe([$"email dashboard{_recipient}@example.no Delivered {Person}", $"sms - Failed_RecipientNotIdentified {Person}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Links_lead_through_everything_an_organization_was_sent()
    {
        var owner = system.NewOwner();
        await system.Sandbox.Organization(Organization, "Eksempel AS", [$"org{_recipient}@example.no"]);
        var orders = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.Accept(Order.Organization(Organization, "Email"))));
        foreach (var order in orders)
            await owner.UntilCompleted(order.ShipmentId);

        var seen = new List<Guid>();
        for (var answer = await Ask("orgnumber", Organization, "?pageSize=2"); ; answer = await Ask("orgnumber", Organization, answer.Next!.Query))
        {
            seen.AddRange(answer.Body.EnumerateArray().Select(s => s.GetProperty("shipmentId").GetGuid()));
            if (answer.Next is null)
                break;
        }
        seen.ShouldBe(orders.Select(o => o.ShipmentId), ignoreOrder: true);
    }

    [Fact]
    public async Task Who_looked_is_recorded_and_not_whom_they_looked_at()
    {
        var owner = system.NewOwner();
        await system.Sandbox.Person(Person, "Ada Nordmann", $"dashboard{_recipient}@example.no");
        var order = await owner.OrderPerson(Person, "Email");
        await owner.UntilCompleted(order.ShipmentId);
        await Ask("nin", Person);

        var reads = await system.Ledger.SupportReads(order.ShipmentId);
        reads.ShouldHaveSingleItem().ShouldContain("client_id=sandbox-digdir");
        reads[0].ShouldNotContain(Person);
        reads[0].ShouldNotContain("example.no");
    }

    [Fact]
    public async Task Nobody_looks_without_the_scope()
    {
        (await Ask("nin", Person, token: "org=ttd&scope=altinn:serviceowner/notifications.create")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Ask("orgnumber", Organization, token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask("nin", Person, token: "", platformToken: await system.Sandbox.NewPlatformToken("ttd"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, Uri? Next)> Ask(string kind, string? number, string query = "", string token = Scope, string? platformToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Local.ApiUrl, Root + kind + query));
        if (number is not null)
            request.Headers.Add(kind == "nin" ? "NationalIdentityNumber" : "OrganizationNumber", number);
        if (token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await system.Sandbox.NewToken(token));
        if (platformToken is not null)
            request.Headers.Add("PlatformAccessToken", platformToken);

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var link = response.Headers.TryGetValues("Link", out var links) ? new Uri(links.Single().Split('<', '>')[1]) : null;
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), link);
    }
}
