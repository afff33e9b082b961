using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

/// <summary>What the OpenAPI document shows works when it is copied.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ExampleTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Every_example_of_the_document_is_accepted_whole()
    {
        await system.Sandbox.Person("16069412345", "Kari Nordmann", "kari@example.no", "+4799999999");
        await system.Sandbox.Organization("991825827", "Etaten", ["post@etat.no"]);
        var document = (await _owner.GetDocument()).AsObject();

        var sent = 0;
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                foreach (var (name, example) in operation!["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject() ?? [])
                {
                    // Every example stands for itself: what one has ordered, another does not replay.
                    var owner = system.NewOwner();
                    var token = await system.Sandbox.NewToken($"org={owner.Creator}&scope={NotificationsDriver.AllScopes}");
                    var (status, text) = await owner.Call(new HttpMethod(method), path.Replace("{id}", "an-id", StringComparison.Ordinal).Replace("{name}", "a-name", StringComparison.Ordinal), example!["value"]!.ToJsonString().Replace("\"ttd/", $"\"{owner.Creator}/", StringComparison.Ordinal), token: token);
                    ((int)status).ShouldBeInRange(200, 299, $"{method} {path}, {name}: {text}");
                    text.ShouldNotContain("warnings", customMessage: $"{method} {path}, {name}");
                    sent++;
                }
            }
        }
        sent.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Page_of_the_document_needs_nothing_from_elsewhere()
    {
        var (status, page) = await _owner.Call(HttpMethod.Get, "/docs/index.html", body: null);

        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("swagger-ui");
        page.ShouldNotContain("//unpkg", Case.Insensitive);
        page.ShouldNotContain("src=\"http", Case.Insensitive);
        page.ShouldNotContain("href=\"http", Case.Insensitive);
        (await _owner.Call(HttpMethod.Get, "/docs/swagger-ui-bundle.js", body: null)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
