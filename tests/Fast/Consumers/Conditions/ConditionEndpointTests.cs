using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Conditions;

public sealed class ConditionEndpointTests : IDisposable
{
    private static readonly Uri Address = new("https://owner.example.no/condition?code=secret");

    private readonly MaskinportenClient _nobody = MaskinportenClient.Read(new ConfigurationBuilder().Build(), isNeeded: false);

    [Theory]
    [InlineData("""{"sendNotification":true}""", true)]
    [InlineData("""{"sendNotification":false}""", false)]
    [InlineData("""{"other":1,"sendNotification":true}""", true)]
    [InlineData("""{"SendNotification":true}""", null)]
    [InlineData("""{"sendNotification":null}""", null)]
    [InlineData("""{"sendNotification":"true"}""", null)]
    [InlineData("""{"sendNotification":1}""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("true", null)]
    [InlineData("", null)]
    [InlineData("<<{] garbage", null)]
    public async Task An_answer_is_read_to_the_letter(string body, bool? expected) => (await Ask(StubHandler.Answers(HttpStatusCode.OK, body))).ShouldBe(expected);

    [Theory]
    [InlineData(HttpStatusCode.Accepted, true)]
    [InlineData(HttpStatusCode.Redirect, null)]
    [InlineData(HttpStatusCode.Unauthorized, null)]
    [InlineData(HttpStatusCode.NotFound, null)]
    [InlineData(HttpStatusCode.InternalServerError, null)]
    public async Task Only_success_is_an_answer(HttpStatusCode status, bool? expected) =>
        (await Ask(StubHandler.Answers(status, """{"sendNotification":true}"""))).ShouldBe(expected);

    [Fact]
    public async Task Whoever_is_not_reached_gives_no_answer() => (await Ask(StubHandler.Throws(new HttpRequestException(HttpRequestError.ConnectionError)))).ShouldBeNull();

    [Fact]
    public async Task Whoever_does_not_answer_in_time_gives_no_answer()
    {
        using var http = new HttpClient(StubHandler.NeverAnswers()) { Timeout = TimeSpan.FromMilliseconds(50) };

        (await Endpoint(http, new ConditionSettings()).Ask(Address, Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_without_end_is_no_answer()
    {
        using var http = new HttpClient(StubHandler.Answers(HttpStatusCode.OK, new string(' ', 100_000) + """{"sendNotification":true}""")) { MaxResponseContentBufferSize = 16 * 1024 };

        (await Endpoint(http, new ConditionSettings()).Ask(Address, Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_asked_without_https()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, """{"sendNotification":true}""");

        (await Ask(handler, address: new Uri("http://owner.example.no/"))).ShouldBeNull();

        handler.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_is_not_named_sees_no_token()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, """{"sendNotification":true}""");

        await Ask(handler, new ConditionSettings { TokenHosts = ["other.example.no", ".altinn.no"] });

        handler.Seen.Single().Headers.Authorization.ShouldBeNull();
    }

    [Theory]
    [InlineData("owner.example.no", "https://owner.example.no/x", true)]
    [InlineData("owner.example.no", "https://OWNER.example.no/x", true)]
    [InlineData("owner.example.no", "https://sub.owner.example.no/", false)]
    [InlineData(".altinn.no", "https://platform.altinn.no/", true)]
    [InlineData(".altinn.no", "https://evilaltinn.no/", false)]
    [InlineData(".altinn.no", "https://altinn.no.evil.com/", false)]
    [InlineData(".altinn.no", "https://evil.com/?.altinn.no", false)]
    [InlineData(".altinn.no", "https://platform.altinn.no@evil.com/", false)]
    public void A_token_is_for_hosts_that_are_named(string host, string address, bool isShown) =>
        new ConditionSettings { TokenHosts = [host] }.GetsToken(new Uri(address)).ShouldBe(isShown);

    [Fact]
    public async Task A_host_that_is_named_is_not_asked_while_there_is_no_token()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, """{"sendNotification":true}""");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("Sandbox:Url", "http://sandbox/"), new("Conditions:TokenHosts:0", Address.Host),
            new("Maskinporten:Issuer", "https://maskinporten.no/"), new("Maskinporten:ClientId", "client-1"), new("Maskinporten:KeyId", "key-1")]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FixedClock()).AddSingleton<NeighbourBreakers>();
        services.AddConditions(configuration);
        services.AddHttpClient(MaskinportenTokens.Client).ConfigurePrimaryHttpMessageHandler(() => StubHandler.Answers(HttpStatusCode.BadRequest));
        services.AddHttpClient(nameof(ConditionEndpoint)).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();

        (await provider.GetRequiredService<ConditionEndpoint>().Ask(Address, Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
        handler.Seen.ShouldBeEmpty();
    }

    public void Dispose() => _nobody.Dispose();

    private async Task<bool?> Ask(StubHandler handler, ConditionSettings? settings = null, Uri? address = null)
    {
        using var http = new HttpClient(handler);
        return await Endpoint(http, settings ?? new ConditionSettings()).Ask(address ?? Address, Guid.NewGuid(), CancellationToken.None);
    }

    private ConditionEndpoint Endpoint(HttpClient http, ConditionSettings settings) =>
        new(http, new MaskinportenTokens(null!, _nobody, new FixedClock()), settings, NullLogger<ConditionEndpoint>.Instance);
}
