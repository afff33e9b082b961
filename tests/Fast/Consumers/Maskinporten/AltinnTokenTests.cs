using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Maskinporten;

public sealed class AltinnTokenTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly FixedClock _clock = new();
    private int _issued;

    [Fact]
    public async Task A_token_of_maskinporten_is_exchanged_and_kept_until_shortly_before_it_expires()
    {
        var exchange = Exchange();
        using var world = new World(this, exchange);

        await world.Tokens.Get("s", CancellationToken.None);
        _clock.Now += TimeSpan.FromMinutes(29);
        (await world.Tokens.Get("s", CancellationToken.None)).ShouldBe(Token(1));
        exchange.Seen.Single().Headers.Authorization!.Parameter.ShouldBe("from-maskinporten");
        exchange.Seen.Single().Address.ShouldBe(new Uri("https://platform.example.no/authentication/api/v1/exchange/maskinporten"));

        _clock.Now += TimeSpan.FromMinutes(1);
        (await world.Tokens.Get("s", CancellationToken.None)).ShouldBe(Token(2));
    }

    [Fact]
    public async Task Each_scope_has_a_token_of_its_own()
    {
        using var world = new World(this, Exchange());

        var first = await world.Tokens.Get("one", CancellationToken.None);
        (await world.Tokens.Get("other", CancellationToken.None)).ShouldNotBe(first, StringComparer.Ordinal);
        (await world.Tokens.Get("one", CancellationToken.None)).ShouldBe(first);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "")]
    [InlineData(HttpStatusCode.OK, "no token")]
    [InlineData(HttpStatusCode.OK, "a.b.c")]
    public async Task Without_a_token_nothing_is_asked(HttpStatusCode status, string answer)
    {
        using var world = new World(this, StubHandler.Answers(status, answer));

        await Should.ThrowAsync<NeighbourAwayException>(() => world.Tokens.Get("s", CancellationToken.None));
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_renewed_once()
    {
        using var world = new World(this, Exchange());
        var storage = StubHandler.Answers(HttpStatusCode.Unauthorized);
        using var http = new HttpClient(new AltinnTokenHeader(world.Tokens, "s") { InnerHandler = storage });

        using var answer = await http.GetAsync(new Uri("https://storage.example.no/"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        storage.Seen.Count.ShouldBe(2);
        _issued.ShouldBe(2);
    }

    public void Dispose() => _key.Dispose();

    private StubHandler Exchange() => new(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Token(++_issued)) }));

    /// <summary>Good for half an hour from the start of the test or, if it is a later one, longer.</summary>
    private static string Token(int number) =>
        $"h.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"exp":{{(FixedClock.Start + TimeSpan.FromMinutes(30 * number)).ToUnixTimeSeconds()}}}"""))}.s";

    private sealed class World : IDisposable
    {
        private readonly MaskinportenClient _client;
        private readonly MaskinportenTokens _maskinporten;

        public World(AltinnTokenTests test, StubHandler exchange)
        {
            var clients = new Clients(exchange);
            _client = MaskinportenClient.Read(new ConfigurationBuilder().AddInMemoryCollection([
                new("Maskinporten:Issuer", "https://maskinporten.no/"), new("Maskinporten:ClientId", "client-1"), new("Maskinporten:KeyId", "key-1"),
                new("Maskinporten:Key", test._key.ExportRSAPrivateKeyPem())]).Build(), isNeeded: true);
            _maskinporten = new(clients, _client, test._clock);
            Tokens = new(clients, _maskinporten, test._clock);
        }

        public AltinnTokens Tokens { get; }

        public void Dispose()
        {
            Tokens.Dispose();
            _maskinporten.Dispose();
            _client.Dispose();
        }
    }

    private sealed class Clients(HttpMessageHandler exchange) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => name == AltinnTokens.Client
            ? new(exchange, disposeHandler: false) { BaseAddress = new Uri("https://platform.example.no/authentication/api/v1/") }
            : new(StubHandler.Answers(HttpStatusCode.OK, """{"access_token":"from-maskinporten","expires_in":119,"token_type":"Bearer"}"""));
    }
}
