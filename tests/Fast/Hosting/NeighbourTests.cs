using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Hosting;

/// <summary>How calls to a register are bounded.</summary>
public sealed class NeighbourTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    public async Task A_call_that_failed_is_made_three_times_in_all(HttpStatusCode status)
    {
        var neighbour = StubHandler.Answers(status);

        (await Ask(neighbour, Long)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(3);
        neighbour.Seen.Select(s => System.Text.Encoding.UTF8.GetString(s.Body)).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain("16069412345");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        var neighbour = StubHandler.Throws(new HttpRequestException("broken"));

        (await Ask(neighbour, Long)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_refusal_is_not_argued_with(HttpStatusCode status)
    {
        var neighbour = StubHandler.Answers(status);

        (await Ask(neighbour, Long)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for_and_not_asked_again()
    {
        var neighbour = StubHandler.NeverAnswers();

        (await Ask(neighbour, Short)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_many_failures_no_call_is_made_for_a_while()
    {
        const int More = 50;
        var neighbour = StubHandler.Answers(HttpStatusCode.TooManyRequests);
        await using var services = Services(neighbour, Long);

        for (var call = 0; call < More; call++)
            (await Ask(services)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBeLessThan(More);
    }

    [Fact]
    public async Task When_the_break_is_over_one_question_goes_ahead_and_decides_about_the_others()
    {
        var clock = new FixedClock();
        var (status, waiting) = (HttpStatusCode.TooManyRequests, Task.CompletedTask);
        var neighbour = new StubHandler(async cancellationToken =>
        {
            await waiting.WaitAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent("""{"contactPointsList":[]}""", System.Text.Encoding.UTF8, "application/json") };
        });
        await using var services = Services(neighbour, Long, clock);
        var breakers = services.GetRequiredService<NeighbourBreakers>();
        while (breakers.Current.Count == 0)
            await Ask(services);
        var asked = neighbour.Seen.Count;
        Health(services, clock).ShouldBe("Profile: it answered 429 since 2026-11-21T08:00:00.0000000Z, asked again at 2026-11-21T08:00:02.0000000Z");

        clock.Now += TimeSpan.FromSeconds(1);
        (await Ask(services)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(asked);

        clock.Now += TimeSpan.FromSeconds(1);
        Health(services, clock).ShouldBe("Profile: it answered 429 since 2026-11-21T08:00:00.0000000Z, half-open: the next question goes ahead");
        await Ask(services);
        await Ask(services);
        neighbour.Seen.Count.ShouldBe(asked + 1);
        breakers.Current.Single().Until.ShouldBe(clock.Now.AddSeconds(2));

        clock.Now += TimeSpan.FromSeconds(2);
        status = HttpStatusCode.OK;
        var answer = new TaskCompletionSource();
        waiting = answer.Task;
        var ahead = Ask(services);
        (await Ask(services)).ShouldBeFalse();
        neighbour.Seen.Count.ShouldBe(asked + 2);
        answer.SetResult();
        (await ahead).ShouldBeTrue();
        (await Ask(services)).ShouldBeTrue();
        (breakers.Current.Count, Health(services, clock)).ShouldBe((0, null));
    }

    [Fact]
    public async Task A_break_that_nobody_has_asked_about_for_a_while_is_not_shown_any_more()
    {
        var clock = new FixedClock();
        await using var services = Services(StubHandler.Throws(new HttpRequestException(HttpRequestError.ConnectionError, "profile.example/16069412345")), Long, clock);
        while (services.GetRequiredService<NeighbourBreakers>().Current.Count == 0)
            await Ask(services);
        Health(services, clock)!.ShouldStartWith("Profile: it was not reached (ConnectionError) since");

        clock.Now += TimeSpan.FromMinutes(1);
        Health(services, clock).ShouldBeNull();
    }

    [Fact]
    public async Task What_goes_wrong_is_told_without_what_was_asked()
    {
        await using var services = Services(StubHandler.Answers(HttpStatusCode.OK, """{"contactPointsList":"16069412345"}"""), Long);

        var away = await Should.ThrowAsync<NeighbourAwayException>(() =>
            services.GetRequiredService<Profile>().Persons(["16069412345"], useStaleContactInfo: false, CancellationToken.None));
        away.ToString().ShouldNotContain("16069412345");
    }

    [Fact]
    public async Task What_went_wrong_is_said_in_words_of_its_own()
    {
        (await Why(StubHandler.Answers(HttpStatusCode.Forbidden), Long)).ShouldBe("Profile: it answered 403");
        (await Why(StubHandler.Answers(HttpStatusCode.OK, "<html>"), Long)).ShouldBe("Profile: its answer cannot be read");
        (await Why(StubHandler.Throws(new HttpRequestException(HttpRequestError.NameResolutionError)), Long)).ShouldBe("Profile: it was not reached (NameResolutionError)");
        (await Why(StubHandler.NeverAnswers(), Short)).ShouldBe("Profile: it did not answer in time");
        (await Why(StubHandler.Answers(HttpStatusCode.TooManyRequests), Long, asked: 30)).ShouldBe("Profile: it is not called for a while, because too many calls failed");
    }

    [Fact]
    public async Task Who_gives_up_asking_is_not_told_that_the_neighbour_is_away()
    {
        await using var services = Services(StubHandler.NeverAnswers(), Long);
        using var gaveUp = new CancellationTokenSource();
        var asking = services.GetRequiredService<Profile>().Persons(["16069412345"], useStaleContactInfo: false, gaveUp.Token);
        await gaveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    private static async Task<bool> Ask(StubHandler neighbour, TimeSpan timeout)
    {
        await using var services = Services(neighbour, timeout);
        return await Ask(services);
    }

    private static async Task<bool> Ask(ServiceProvider services)
    {
        try
        {
            await services.GetRequiredService<Profile>().Persons(["16069412345"], useStaleContactInfo: false, CancellationToken.None);
            return true;
        }
        catch (NeighbourAwayException)
        {
            return false;
        }
    }

    private static async Task<string> Why(StubHandler neighbour, TimeSpan timeout, int asked = 1)
    {
        await using var services = Services(neighbour, timeout, new FixedClock());
        for (var before = 1; before < asked; before++)
            await Ask(services);
        return (await Should.ThrowAsync<NeighbourAwayException>(() =>
            services.GetRequiredService<Profile>().Persons(["16069412345"], useStaleContactInfo: false, CancellationToken.None))).Message;
    }

    private static string? Health(ServiceProvider services, TimeProvider clock) =>
        new NeighbourHealth(services.GetRequiredService<NeighbourBreakers>(), clock).CheckHealthAsync(new HealthCheckContext()).GetAwaiter().GetResult().Description;

    private static ServiceProvider Services(StubHandler neighbour, TimeSpan timeout, TimeProvider? clock = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(clock ?? TimeProvider.System).AddSingleton<NeighbourBreakers>();
        services.AddNeighbour<Profile>(new Uri("http://profile/"), timeout).ConfigurePrimaryHttpMessageHandler(() => neighbour);
        return services.BuildServiceProvider();
    }
}
