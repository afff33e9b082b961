using FsCheck;
using FsCheck.Fluent;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

public sealed class RulesTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;

    [Fact]
    public void A_notification_expires_48_hours_after_its_send_time() => Expiry.Of(Now.AddHours(1), Now).ShouldBe(Now.AddHours(49));

    [Fact]
    public void A_notification_that_is_processed_late_is_not_born_expired() => Expiry.Of(Now.AddDays(-30), Now).ShouldBe(Now.AddHours(48));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Looking_up_recipients_is_given_up_48_hours_after_the_send_time(int seconds, bool isOver) =>
        Retry.IsOver(new OrderState { SendTime = Now }, Now.AddHours(48).AddSeconds(seconds)).ShouldBe(isOver);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    [InlineData(1000, 5)]
    public void Pauses_between_tries_grow_to_five_seconds(int tries, int seconds) => Backoff.After(tries).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Every_pause_is_at_least_a_second_and_none_is_shorter_than_the_one_before() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), tries => tries == int.MaxValue
            || (Backoff.After(tries) >= TimeSpan.FromSeconds(1) && Backoff.After(tries + 1) >= Backoff.After(tries))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lookup_waits_longer_than_its_pauses_so_that_the_reconciler_does_not_overtake_them() =>
        Backoff.After(int.MaxValue).ShouldBeLessThan(Patience.Lookup);
}
