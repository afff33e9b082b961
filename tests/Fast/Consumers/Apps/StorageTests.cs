using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.Apps;
using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Apps;

public sealed class StorageTests
{
    private const int Many = 10;
    private const string AltinnToken = "h.eyJleHAiOjE5OTk5OTk5OTl9.s";
    private static readonly TimeSpan StorageTimeout = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Who_gets_no_token_does_not_ask_storage_and_does_not_say_that_storage_failed()
    {
        var storage = StubHandler.Answers(HttpStatusCode.OK, "{}");
        await using var services = Services(maskinporten: StubHandler.Answers(HttpStatusCode.ServiceUnavailable), storage);

        for (var i = 0; i < Many; i++)
        {
            var away = await Should.ThrowAsync<NeighbourAwayException>(() => services.GetRequiredService<Storage>().Find("501337/1", CancellationToken.None));
            away.Neighbour.ShouldBe("Maskinporten");
        }

        storage.Seen.ShouldBeEmpty();
        services.GetRequiredService<NeighbourBreakers>().Current.ShouldHaveSingleItem().Neighbour.ShouldBe("Maskinporten");
    }

    [Fact]
    public async Task Token_may_take_longer_than_storage_may()
    {
        var maskinporten = new StubHandler(async cancellationToken =>
        {
            await Task.Delay(1.1 * StorageTimeout, cancellationToken);
            return new(HttpStatusCode.OK) { Content = new StringContent("""{"access_token":"from-maskinporten","expires_in":119}""") };
        });
        await using var services = Services(maskinporten, StubHandler.Answers(HttpStatusCode.OK, """{"appId":"ttd/form"}"""));

        (await services.GetRequiredService<Storage>().Find("501337/1", CancellationToken.None))!.AppId.ShouldBe("ttd/form");
    }

    [Fact]
    public async Task Call_waits_as_long_as_both_tokens_may_take()
    {
        await using var services = Services(StubHandler.NeverAnswers(), StubHandler.NeverAnswers());
        TimeSpan Longest(string client) => services.GetRequiredService<IHttpClientFactory>().CreateClient(client).Timeout;

        Longest(nameof(Storage)).ShouldBeGreaterThan(Longest(MaskinportenTokens.Client) + Longest(AltinnTokens.Client));
    }

    private static ServiceProvider Services(StubHandler maskinporten, StubHandler storage)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Sandbox:Url"] = "http://sandbox/",
            ["Maskinporten:Issuer"] = "https://maskinporten.no/",
            ["Maskinporten:ClientId"] = "client-1",
            ["Maskinporten:KeyId"] = "key-1",
            ["Platform:Authentication"] = "https://platform.example.no/authentication/api/v1/",
            ["Platform:Timeout"] = StorageTimeout.ToString(),
            ["Platform:Storage"] = "https://platform.example.no/storage/api/v1/",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FixedClock()).AddSingleton<NeighbourBreakers>();
        services.AddMaskinporten(configuration, isNeeded: true);
        services.AddApps(configuration);
        services.AddHttpClient(MaskinportenTokens.Client).ConfigurePrimaryHttpMessageHandler(() => maskinporten);
        services.AddHttpClient(AltinnTokens.Client).ConfigurePrimaryHttpMessageHandler(() => StubHandler.Answers(HttpStatusCode.OK, AltinnToken));
        services.AddHttpClient(nameof(Storage)).ConfigurePrimaryHttpMessageHandler(() => storage);
        return services.BuildServiceProvider();
    }
}
