using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Notifications.Consumers.Apps;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.Maskinporten;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Conditions;

/// <summary>What an instance and an endpoint say together.</summary>
public sealed class SendConditionsTests : IDisposable
{
    private const string Open = """{"appId":"ttd/app-name","process":{}}""";
    private const string Ended = """{"appId":"ttd/app-name","process":{"ended":"2026-11-21T12:00:00Z"}}""";

    private readonly MaskinportenClient _nobody = MaskinportenClient.Read(new ConfigurationBuilder().Build(), isNeeded: false);

    [Theory]
    [InlineData(200, Open, true)]
    [InlineData(200, Ended, false)]
    [InlineData(404, "", false)]
    [InlineData(200, """{"appId":"ttd/another"}""", false)]
    [InlineData(403, "", null)]
    [InlineData(500, "", null)]
    [InlineData(200, "garbage", null)]
    public async Task Instance_that_cannot_be_read_is_no_answer_and_one_that_is_gone_says_no(int status, string instance, bool? expected) =>
        (await Ask((status, instance), endpoint: null)).ShouldBe(expected);

    [Theory]
    [InlineData(Open, "true", true)]
    [InlineData(Open, "false", false)]
    [InlineData(Open, "null", null)]
    [InlineData(Ended, "true", false)]
    [InlineData("garbage", "true", null)]
    [InlineData("garbage", "false", false)]
    public async Task Both_must_say_yes(string instance, string answer, bool? expected) =>
        (await Ask((200, instance), $$"""{"sendNotification":{{answer}}}""")).ShouldBe(expected);

    [Fact]
    public async Task Nobody_is_asked_where_storage_is_not_set()
    {
        var instances = new InstanceConditions(new FixedClock(), NullLogger<InstanceConditions>.Instance);

        (await instances.Hold([Condition], Guid.NewGuid(), CancellationToken.None)).ShouldBeNull();
    }

    public void Dispose() => _nobody.Dispose();

    private static InstanceCondition Condition => new() { App = "ttd/app-name", InstanceId = "501337/0a1b2c3d-0000-4000-8000-000000000001", Predicate = InstancePredicate.NotSubmitted };

    private async Task<bool?> Ask((int Status, string Body) instance, string? endpoint)
    {
        using var storage = new HttpClient(StubHandler.Answers((HttpStatusCode)instance.Status, instance.Body, r => r.Content.Headers.ContentType = new("application/json"))) { BaseAddress = new Uri("https://storage.example.no/") };
        using var http = new HttpClient(StubHandler.Answers(HttpStatusCode.OK, endpoint ?? ""));
        var questions = new SendConditions(
            new InstanceConditions(new FixedClock(), NullLogger<InstanceConditions>.Instance, new Storage(storage)),
            new ConditionEndpoint(http, new MaskinportenTokens(null!, _nobody, new FixedClock()), new ConditionSettings(), NullLogger<ConditionEndpoint>.Instance));
        return await questions.Ask(new SendCondition(endpoint is null ? null : new Uri("https://owner.example.no/condition"), [Condition]), Guid.NewGuid(), CancellationToken.None);
    }
}
