using Notifications.Consumers.HandOff;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

public sealed class VerdictTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;
    private static readonly ClaimedNotification ThirdTry = Messages.Email with { Attempt = 3 };

    [Fact]
    public void The_settlement_is_of_the_claimed_attempt()
    {
        var settled = new Verdict(AttemptOutcome.Accepted, NotificationState.Accepted, "OK", "ref").Settle(ThirdTry, Now);

        settled.ShouldBe(new SettledAttempt(ThirdTry.Id, 3, AttemptOutcome.Accepted, NotificationState.Accepted, "ref", "OK", NextAttemptAt: null));
    }

    [Fact]
    public void What_is_to_be_asked_again_waits_for_its_back_off() =>
        Verdict.Again(AttemptOutcome.Deferred, "503").Settle(ThirdTry, Now).NextAttemptAt.ShouldBe(Now + Backoff.After(3));

    [Fact]
    public void What_the_provider_says_about_waiting_wins_over_the_back_off() =>
        Verdict.Again(AttemptOutcome.Deferred, "429", TimeSpan.FromMinutes(3)).Settle(ThirdTry, Now).NextAttemptAt.ShouldBe(Now.AddMinutes(3));

    [Fact]
    public void What_waits_for_a_pause_to_end_is_driven_when_it_has_ended() =>
        Verdict.Paused(PauseCause.Throttled, "429", TimeSpan.FromMinutes(3)).Settle(ThirdTry, Now).NextAttemptAt.ShouldBe(Now);

    [Fact]
    public void No_provider_keeps_messages_waiting_for_longer_than_it_counts() =>
        Verdict.Paused(PauseCause.Throttled, "429", TimeSpan.FromDays(20_000)).RetryAfter.ShouldBe(Verdict.LongestWait);

    [Fact]
    public void What_is_to_be_asked_again_is_new_again() =>
        Verdict.Again(AttemptOutcome.Unknown, "").Settle(ThirdTry, Now).State.ShouldBe(NotificationState.New);

    [Theory]
    [InlineData(AttemptOutcome.Accepted, NotificationState.Sending)]
    [InlineData(AttemptOutcome.Refused, NotificationState.Failed)]
    [InlineData(AttemptOutcome.Unknown, NotificationState.Sending)]
    public void Nothing_else_is_handed_off_again(AttemptOutcome outcome, NotificationState state) =>
        new Verdict(outcome, state, "", RetryAfter: TimeSpan.FromSeconds(1)).Settle(ThirdTry, Now).NextAttemptAt.ShouldBeNull();
}
