using Notifications.Consumers.Webhooks;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Webhooks;

public sealed class WebhookRetriesTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(4, 300)]
    [InlineData(7, 3600)]
    [InlineData(1000, 3600)]
    public void Waits_grow_to_an_hour(int failures, int seconds)
    {
        WebhookRetries.Next(Now, Now, failures, retryAfter: null, jitter: 0).ShouldBe(Now.AddSeconds(seconds));
        WebhookRetries.Next(Now, Now, failures, retryAfter: null, jitter: 1).ShouldBe(Now.AddSeconds(seconds * 1.2));
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(86_400, 86_400)]
    [InlineData(1_000_000, 86_400)]
    [InlineData(0, 5)]
    [InlineData(-60, 5)]
    public void A_receiver_that_says_when_is_tried_then_within_reason(int asked, int seconds) =>
        WebhookRetries.Next(Now, Now, failures: 3, TimeSpan.FromSeconds(asked), jitter: 1).ShouldBe(Now.AddSeconds(seconds));

    [Fact]
    public void A_receiver_is_given_up_after_a_week_of_attempts()
    {
        var (since, failures, now) = (Now, 0, Now);
        while (WebhookRetries.Next(now, since, ++failures, retryAfter: null, jitter: 0) is { } next)
            now = next;

        (now - since).ShouldBeInRange(TimeSpan.FromDays(7), TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
        failures.ShouldBeGreaterThan(7 * 24);
    }

    [Fact]
    public void A_week_without_attempts_is_no_week_of_failures() =>
        WebhookRetries.Next(Now.AddDays(30), Now, failures: 2, retryAfter: null, jitter: 0).ShouldBe(Now.AddDays(30).AddSeconds(15));
}
