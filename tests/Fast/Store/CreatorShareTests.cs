using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Store;

public sealed class CreatorShareTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 2)]
    [InlineData(60, 11)]
    [InlineData(6000, 1001)]
    public void Ten_seconds_worth_and_one_call_may_be_used_at_once(int perMinute, int atOnce) =>
        new CreatorShare(perMinute).Free(Now.AddHours(-1), Now).ShouldBe(atOnce);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(600)]
    public void A_minute_gives_what_is_set_however_often_it_is_asked(int perMinute)
    {
        var share = new CreatorShare(perMinute);
        var usedUntil = share.With(Now, Now, share.Free(Now, Now));
        share.Free(usedUntil, Now).ShouldBe(0);

        var calls = 0;
        for (var time = Now; time <= Now.AddMinutes(10); time += TimeSpan.FromMilliseconds(500))
        {
            var free = share.Free(usedUntil, time);
            calls += free;
            usedUntil = share.With(usedUntil, time, free);
        }

        calls.ShouldBeInRange((perMinute * 10) - 1, perMinute * 10);
    }

    [Fact]
    public void Every_turn_finds_its_call_free()
    {
        var share = new CreatorShare(30);
        var usedUntil = share.With(Now, Now, share.Free(Now, Now));

        var turn = share.NextTurn(Now, usedUntil, Now);
        for (var place = 0; place < 100; place++)
        {
            turn.ShouldBe(Now.AddSeconds(2 * (place + 1)));
            share.Free(usedUntil, turn).ShouldBe(1);
            usedUntil = share.With(usedUntil, turn, 1);
            turn = share.After(turn);
        }
    }

    [Fact]
    public void Turns_are_given_behind_those_that_were_given_before() =>
        new CreatorShare(30).NextTurn(Now.AddMinutes(5), Now, Now).ShouldBe(Now.AddMinutes(5));
}
