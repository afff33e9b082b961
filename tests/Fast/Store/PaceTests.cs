using FsCheck;
using FsCheck.Fluent;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Store;

public sealed class PaceTests
{
    private static readonly CallLimit[] Published = [new(30, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromHours(1))];

    [Fact]
    public void A_backlog_leaves_exactly_at_the_limits()
    {
        var pace = new Pace(Published);
        IReadOnlyList<MadeCalls> made = [];
        var left = new List<(int Second, int Calls)>();
        for (var second = 0; second <= 3700; second++)
        {
            if (pace.Free(made, FixedClock.Start.AddSeconds(second)) is > 0 and var free)
            {
                made = pace.With(made, FixedClock.Start.AddSeconds(second), free);
                left.Add((second, free));
            }
        }

        left.ShouldBe([(0, 30), (61, 30), (122, 30), (183, 10), (3601, 30), (3662, 30)]);
    }

    [Fact]
    public void No_span_holds_more_calls_than_its_limit() => Prop
        .ForAll(Gen.Choose(1, 20_000).ListOf().Select(l => l.Take(200).ToList()).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (steps, wish) =>
        {
            var pace = new Pace(Published);
            var calls = new List<DateTimeOffset>();
            IReadOnlyList<MadeCalls> made = [];
            var now = FixedClock.Start;
            foreach (var milliseconds in steps)
            {
                now += TimeSpan.FromMilliseconds(milliseconds);
                var taken = Math.Min(wish, pace.Free(made, now));
                if (taken > 0)
                    made = pace.With(made, now, taken);
                calls.AddRange(Enumerable.Repeat(now, taken));
            }
            return Published.All(limit => calls.All(end => calls.Count(call => call <= end && call > end - limit.Within) <= limit.Most));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void What_is_out_of_every_limit_is_forgotten()
    {
        var pace = new Pace(Published);
        var made = pace.With([], FixedClock.Start, 30);

        pace.With(made, FixedClock.Start.AddHours(2), 1).Sum(calls => calls.Count).ShouldBe(1);
    }

    [Fact]
    public void Calls_beyond_the_limit_leave_no_room_and_no_debt()
    {
        var pace = new Pace(Published);

        pace.Free(pace.With([], FixedClock.Start, 50), FixedClock.Start).ShouldBe(0);
    }
}
