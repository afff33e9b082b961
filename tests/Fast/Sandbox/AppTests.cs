using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Notifications.Tests.Fast.Sandbox;

/// <summary>Storage and Events as their clients meet them.</summary>
public sealed class AppTests : IAsyncLifetime, IDisposable
{
    private const string Instance = "501337/0a1b2c3d-0000-4000-8000-000000000001";

    private readonly WebApplication sandbox = Notifications.Sandbox.Program.Build(["--urls=http://127.0.0.1:0"]);
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        await sandbox.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(sandbox.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
        await Put("""{"process":{"currentTask":{"elementId":"Task_1"}}}""");
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("altinn:serviceowner/instances.read", HttpStatusCode.Forbidden)]
    [InlineData("altinn:storage/instances.syncadapter", HttpStatusCode.OK)]
    public async Task Storage_shows_instances_to_those_who_may_read_any(string? scope, HttpStatusCode expected)
    {
        (await Get($"/storage/api/v1/instances/{Instance}", scope)).StatusCode.ShouldBe(expected);
        (await Get("/storage/api/v1/instances/0a1b2c3d-0000-4000-8000-000000000001", scope)).StatusCode.ShouldBe(expected);
        (await Get("/storage/api/v1/instances/501337/0a1b2c3d-0000-4000-8000-000000000002", scope)).StatusCode.ShouldBe(expected == HttpStatusCode.OK ? HttpStatusCode.NotFound : expected);
    }

    [Fact]
    public async Task An_instance_enters_a_task_when_it_is_put_there_and_is_archived_when_its_process_ends()
    {
        var first = await Read();
        await Put("""{"process":{"currentTask":{"elementId":"Task_1"}},"status":{"readStatus":"Read"}}""");
        var same = await Read();
        await Put("""{"process":{"currentTask":{"elementId":"Task_2"}}}""");
        var next = await Read();
        await Put("""{"process":{"ended":"2026-11-21T12:00:00Z"}}""");
        var ended = await Read();

        Started(same).ShouldBe(Started(first));
        Started(next).ShouldBeGreaterThan(Started(first));
        next.GetProperty("status").GetProperty("readStatus").GetString().ShouldBe("Read");
        next.GetProperty("status").GetProperty("isArchived").GetBoolean().ShouldBeFalse();
        ended.GetProperty("status").GetProperty("isArchived").GetBoolean().ShouldBeTrue();
        ended.GetProperty("created").GetString().ShouldBe(first.GetProperty("created").GetString());
    }

    [Fact]
    public async Task Events_are_subscribed_to_by_the_owner_of_an_app_alone_and_once()
    {
        (await Subscribe("ttd", "ttd")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Subscribe("skd", "ttd")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var first = await (await Subscribe("ttd", "ttd")).Content.ReadFromJsonAsync<JsonElement>();
        var again = await (await Subscribe("ttd", "ttd")).Content.ReadFromJsonAsync<JsonElement>();

        again.GetProperty("id").GetInt64().ShouldBe(first.GetProperty("id").GetInt64());
        (await Get($"/events/api/v1/subscriptions/{first.GetProperty("id")}", "altinn:serviceowner", "skd")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static DateTimeOffset Started(JsonElement instance) => instance.GetProperty("process").GetProperty("currentTask").GetProperty("started").GetDateTimeOffset();

    private async Task<HttpResponseMessage> Subscribe(string owner, string appOwner)
    {
        // Nobody listens on port 9 of this machine.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/events/api/v1/subscriptions", UriKind.Relative))
        {
            Content = JsonContent.Create(new { endPoint = "http://127.0.0.1:9/events", resourceFilter = $"urn:altinn:resource:app_{appOwner}_form" }),
        };
        request.Headers.Authorization = await Bearer(owner, "altinn:serviceowner");
        return await http.SendAsync(request);
    }

    private async Task<JsonElement> Read() => await (await Get($"/storage/api/v1/instances/{Instance}", "altinn:storage/instances.syncadapter")).Content.ReadFromJsonAsync<JsonElement>();

    private async Task<HttpResponseMessage> Get(string path, string? scope, string owner = "ttd")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = scope is null ? null : await Bearer(owner, scope);
        return await http.SendAsync(request);
    }

    private async Task<AuthenticationHeaderValue> Bearer(string owner, string scope) =>
        new("Bearer", await http.GetStringAsync(new Uri($"/token?org={owner}&scope={scope}", UriKind.Relative)));

    private async Task Put(string members)
    {
        using var content = new StringContent(members, new MediaTypeHeaderValue("application/json"));
        using var response = await http.PutAsync(new Uri($"/apps/ttd/form/instances/{Instance}", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }
}
