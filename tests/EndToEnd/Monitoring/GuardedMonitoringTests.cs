using System.Net;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Monitoring;

[Collection(GuardedSystemTests.Name)]
public sealed class GuardedMonitoringTests(GuardedSystem system)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    [Theory]
    [InlineData("monitor")]
    [InlineData("monitor/shipments?q=x")]
    [InlineData("monitor/shipments/00000000-0000-0000-0000-000000000001")]
    public async Task Nothing_is_seen_without_the_key(string path)
    {
        (await Status(path, key: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Status(path, "another")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Status(path, "guarded")).ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    private async Task<HttpStatusCode> Status(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Local.ApiUrl, path));
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }
}
