using FsCheck;
using FsCheck.Fluent;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

public sealed class RulesTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_notification_expires_48_hours_after_its_send_time() => Expiry.Of(Now.AddHours(1), Now).ShouldBe(Now.AddHours(49));

    [Fact]
    public void A_notification_that_is_processed_late_is_not_born_expired() => Expiry.Of(Now.AddDays(-30), Now).ShouldBe(Now.AddHours(48));

    [Fact]
    public void A_notification_that_waits_for_its_window_expires_counted_from_it() =>
        HandOffTimes.Of(new OrderState { SendTime = Night, SendingWindow = "Daytime" }, Channel.Sms, Night).ExpiresAt.ShouldBe(Morning.AddHours(48));

    [Fact]
    public void A_notification_outside_its_window_is_driven_when_it_opens()
    {
        var time = HandOffTimes.Of(new OrderState { SendTime = Night, SendingWindow = "Daytime" }, Channel.Sms, Night);

        (time.IsAt(Night), time.DriveAt, time.Opening).ShouldBe((false, Morning, new Opening(Morning, Morning.AddHours(8))));
    }

    [Theory]
    [InlineData("Daytime", nameof(Channel.Email))]
    [InlineData(null, nameof(Channel.Sms))]
    public void A_notification_without_a_window_may_leave_at_any_time(string? window, string channel)
    {
        var time = HandOffTimes.Of(new OrderState { SendTime = Night, SendingWindow = window }, Channel.Named(channel), Night);

        (time.IsAt(Night), time.DriveAt, time.ExpiresAt).ShouldBe((true, Night + Retry.LostCommand, Night.AddHours(48)));
    }

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
