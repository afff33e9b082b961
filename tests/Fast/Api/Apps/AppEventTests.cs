using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Notifications.Api.Apps;
using Notifications.Hosting.Settings;
using Notifications.Store;
using Notifications.Tests.Fast.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Apps;

public sealed class AppEventTests
{
    /// <summary>As Altinn Events sends it.</summary>
    private const string MovedTo =
        """
        {"specversion":"1.0","id":"f276d3da-9b72-492b-9fee-9cf71e2826a2",
         "source":"https://ttd.apps.altinn.no/ttd/app-name/instances/501337/0A1B2C3D-0000-4000-8000-000000000001",
         "type":"app.instance.process.movedTo.Task_2","subject":"/party/501337","time":"2026-11-21T12:00:00.1234567Z",
         "resource":"urn:altinn:resource:app_ttd_app-name","resourceinstance":"501337/0a1b2c3d-0000-4000-8000-000000000001","alternativesubject":"/org/991825827"}
        """;

    [Fact]
    public void An_event_is_about_an_instance_of_an_app()
    {
        var received = Read(MovedTo)!;

        (received.Org, received.App, received.InstanceId, received.Type, received.EventId)
            .ShouldBe(("ttd", "ttd/app-name", RuleBodies.InstanceId, "app.instance.process.movedTo.Task_2", "f276d3da-9b72-492b-9fee-9cf71e2826a2"));
        received.HappenedAt.ShouldBe(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567));
    }

    [Theory]
    [InlineData("time", null)]
    [InlineData("time", "\"yesterday\"")]
    [InlineData("resourceinstance", null)]
    [InlineData("subject", "7")]
    public void What_an_event_need_not_say_may_be_missing(string member, string? value) => Read(MovedTo.With(member, value)).ShouldNotBeNull();

    [Theory]
    [InlineData("type", "\"platform.events.validatesubscription\"")]
    [InlineData("type", "\"dialogporten.dialog.created.v1\"")]
    [InlineData("type", null)]
    [InlineData("type", "7")]
    [InlineData("id", null)]
    [InlineData("id", "\"\"")]
    [InlineData("id", "\"\\u0000\"")]
    [InlineData("source", null)]
    [InlineData("source", "\"/ttd/app-name/instances/501337/0a1b2c3d-0000-4000-8000-000000000001\"")]
    [InlineData("source", "\"https://platform.altinn.no/events/api/v1/subscriptions/1234\"")]
    [InlineData("source", "\"https://ttd.apps.altinn.no/ttd/app-name/instances/501337/..%2F..%2F\"")]
    [InlineData("source", "\"https://ttd.apps.altinn.no/ttd/app-name/instances/501337/0a1b2c3d-0000-4000-8000-000000000001/data\"")]
    public void Anything_else_is_no_event_of_an_app(string member, string? value) => Read(MovedTo.With(member, value)).ShouldBeNull();

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void What_is_no_object_is_no_event(string body) => Read(body).ShouldBeNull();

    [Fact]
    public void Each_creator_has_a_code_that_nobody_else_knows()
    {
        var settings = AppEventSettings.Read(Settings("secret"));
        var code = settings.CodeOf("ttd");

        settings.CreatorOf(code).ShouldBe("ttd");
        settings.CreatorOf(code.Replace("ttd", "skd", StringComparison.Ordinal)).ShouldBeNull();
        settings.CreatorOf(code[..^2]).ShouldBeNull();
        settings.CreatorOf("ttd.").ShouldBeNull();
        settings.CreatorOf("ttd").ShouldBeNull();
        settings.CreatorOf("").ShouldBeNull();
        settings.CreatorOf(null).ShouldBeNull();
        AppEventSettings.Read(Settings("another")).CreatorOf(code).ShouldBeNull();
    }

    [Fact]
    public void Without_a_secret_nobody_is_heard_and_without_storage_nothing_is_believed()
    {
        var off = AppEventSettings.Read(new ConfigurationBuilder().Build());
        (off.AreOn, off.CreatorOf("ttd.code")).ShouldBe((false, null));

        Should.Throw<SettingException>(() => AppEventSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Events:Secret", "secret")]).Build()))
            .Message.ShouldContain("Platform:Storage");
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(8, 600)]
    [InlineData(1000, 600)]
    public void An_event_is_tried_ever_more_rarely(int attempts, int seconds) =>
        AppEventRetries.Next(Event(attempts), FixedClock.Start).ShouldBe(FixedClock.Start.AddSeconds(seconds));

    [Fact]
    public void An_event_is_given_up_after_two_days()
    {
        AppEventRetries.Next(Event(300), FixedClock.Start.AddDays(2).AddTicks(-1)).ShouldNotBeNull();
        AppEventRetries.Next(Event(300), FixedClock.Start.AddDays(2)).ShouldBeNull();
    }

    private static AppEvent Event(int attempts) => new()
    {
        Id = Guid.NewGuid(), App = "ttd/app-name", EventId = "1", InstanceId = RuleBodies.InstanceId, Type = "app.instance.created",
        HappenedAt = FixedClock.Start, ReceivedAt = FixedClock.Start, Attempts = attempts,
    };

    private static ReceivedAppEvent? Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return ReceivedAppEvent.Of(json.RootElement);
    }

    private static IConfiguration Settings(string secret) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Events:Secret", secret), new("Platform:Storage", "https://platform.example.no/storage/api/v1/")]).Build();
}
