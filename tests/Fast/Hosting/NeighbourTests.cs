using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Hosting;

/// <summary>How calls to a register are bounded.</summary>
public sealed class NeighbourTests
{
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

        (await Ask(neighbour, TimeSpan.FromMilliseconds(50))).ShouldBeFalse();
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
    public async Task What_goes_wrong_is_told_without_what_was_asked()
    {
        await using var services = Services(StubHandler.Answers(HttpStatusCode.OK, """{"contactPointsList":"16069412345"}"""), Long);

        var away = await Should.ThrowAsync<NeighbourAwayException>(() =>
            services.GetRequiredService<Profile>().Persons(["16069412345"], useStaleContactInfo: false, CancellationToken.None));
        away.ToString().ShouldNotContain("16069412345");
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

    private static ServiceProvider Services(StubHandler neighbour, TimeSpan timeout)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddNeighbour<Profile>(new Uri("http://profile/"), timeout).ConfigurePrimaryHttpMessageHandler(() => neighbour);
        return services.BuildServiceProvider();
    }
}
