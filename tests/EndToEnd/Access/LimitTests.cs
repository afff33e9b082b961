using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Access;

[Collection(GuardedSystemTests.Name)]
public sealed class LimitTests(GuardedSystem system)
{
    [Fact]
    public async Task Creator_who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is()
    {
        var (hasty, other) = (system.Owner("hasty"), system.NewOwner());
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => hasty.Get("shipment/feed")));

        var refused = answers.First(a => a.Status == HttpStatusCode.TooManyRequests);
        refused.Body.GetProperty("status").GetInt32().ShouldBe(429);
        refused.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => other.Get("shipment/feed")))).ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        await Eventually.Until("The creator's next request", () => hasty.Get("shipment/feed"), a => a.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Quota_holds_for_a_day_and_counts_only_what_is_accepted()
    {
        var owner = system.Owner("frugal");
        var first = Order.Email("a@example.no");
        (await owner.Post(Order.Email("no address"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.Post(first)).Status.ShouldBe(HttpStatusCode.Created);
        (await owner.Post(first)).Status.ShouldBe(HttpStatusCode.OK);
        (await owner.Post(Order.Email("b@example.no"))).Status.ShouldBe(HttpStatusCode.Created);
        (await owner.Post(Order.Email("c@example.no"))).Status.ShouldBe(HttpStatusCode.Created);

        var refused = await owner.Post(Order.Email("d@example.no"));
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(25));
        (await owner.Post(first)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Sandbox.AdvanceClock(refused.RetryAfter.Value + TimeSpan.FromSeconds(1));
        (await owner.Post(Order.Email("d@example.no"))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_that_is_too_large_is_refused_with_a_problem(bool chunked)
    {
        var owner = system.NewOwner();
        var answer = await owner.PostText(Order.Email("a@example.no", body: new string('x', 20_000)).ToJsonString(), chunked: chunked);

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Body.GetProperty("title").GetString().ShouldBe("Content Too Large");
    }
}
