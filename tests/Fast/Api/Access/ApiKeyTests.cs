using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Api.Access;

namespace Notifications.Tests.Fast.Api.Access;

public sealed class ApiKeyTests
{
    private const string Key = "the key";

    [Fact]
    public async Task A_program_shows_the_key_in_a_header() => (await Ask(Key, apiKey: Key)).ShouldBe((200, ""));

    [Fact]
    public async Task A_browser_shows_the_key_as_a_password() => (await Ask(Key, password: $"anybody:{Key}")).ShouldBe((200, ""));

    [Theory]
    [InlineData(Key, null, null, "API key required for Metrics endpoints")]
    [InlineData(Key, " ", null, "API key cannot be empty")]
    [InlineData(Key, "another", null, "Invalid API key")]
    [InlineData(Key, "the key!", null, "Invalid API key")]
    [InlineData(Key, "the ke", null, "Invalid API key")]
    [InlineData(Key, null, "anybody:", "API key cannot be empty")]
    [InlineData(Key, null, "the key", "API key required for Metrics endpoints")]
    [InlineData(Key, "another", "anybody:the key", "Invalid API key")]
    [InlineData(null, Key, null, "API key validation not configured")]
    [InlineData("", "", null, "API key cannot be empty")]
    public async Task Nobody_else_is_let_in(string? key, string? apiKey, string? password, string error)
    {
        var (status, body) = await Ask(key, apiKey, password);

        status.ShouldBe(401);
        body.ShouldBe($$"""{"error":"{{error}}"}""");
    }

    private static async Task<(int Status, string Body)> Ask(string? key, string? apiKey = null, string? password = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        if (apiKey is not null)
            http.Request.Headers["X-API-Key"] = apiKey;
        if (password is not null)
            http.Request.Headers.Authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(password))}";

        var result = await new ApiKey("Metrics", key).InvokeAsync(new DefaultEndpointFilterInvocationContext(http), _ => ValueTask.FromResult<object?>(Results.Ok()));
        await ((IResult)result!).ExecuteAsync(http);
        if (http.Response.StatusCode == 401)
            http.Response.Headers.WWWAuthenticate.ToString().ShouldStartWith("Basic ");
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
