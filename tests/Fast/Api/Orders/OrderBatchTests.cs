using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Notifications.Api.Limits;
using Notifications.Api.Orders;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class OrderBatchTests : IAsyncLifetime, IDisposable
{
    private static readonly LimitSettings Limits = new() { BatchOrders = 3, RequestBytes = 40 };

    private WebApplication _host = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _host = builder.Build();
        _host.MapPost("/", async (HttpContext http) =>
        {
            var (orders, isWhole) = (0, true);
            await foreach (var item in new OrderBatch(http.Request, Limits).Items(http.RequestAborted))
                (orders, isWhole) = item.Problem is null ? (orders + 1, isWhole) : (orders, false);
            return $"{orders}{(isWhole ? "" : " and a problem")} over {http.Connection.Id}";
        });
        await _host.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_host.Urls.Single()) };
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Dispose();
    }

    [Theory]
    [InlineData(OrderBatch.LineType, "", "0")]
    [InlineData(OrderBatch.LineType, "{}", "1")]
    [InlineData(OrderBatch.LineType, "{}\n\r\n{}\n{}\n", "3")]
    [InlineData(OrderBatch.LineType, "{}\n{}\n{}\n{}\n{}", "3 and a problem")]
    [InlineData(OrderBatch.LineType, "{}\n\"longer than forty bytes, which is too long\"\n{}", "1 and a problem")]
    [InlineData(OrderBatch.LineType, "\"longer than forty bytes, which is too long\"", "0 and a problem")]
    [InlineData("application/json", "[{},{}]", "2")]
    [InlineData("application/json", "[{},{},{},{},{}]", "3 and a problem")]
    [InlineData("application/json", "[{},", "1 and a problem")]
    public async Task Orders_are_read_and_the_connection_serves_the_next_request(string contentType, string body, string expected)
    {
        var first = await Post(contentType, body);
        var second = await Post(contentType, body);

        first.ShouldStartWith($"{expected} over ");
        second.ShouldBe(first);
    }

    private async Task<string> Post(string contentType, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue(contentType));
        using var answer = await _http.PostAsync("/", content);
        return await answer.Content.ReadAsStringAsync();
    }
}
