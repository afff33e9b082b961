using FsCheck;
using FsCheck.Fluent;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

public sealed class FallbackRulesTests
{
    private static readonly DateTimeOffset Now = FixedClock.Start;

    /// <summary>The addresses of each contact, as "es" for an e-mail address and an SMS number; what is kept, as "first>instead".</summary>
    [Theory]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, "es", "e0>s0")]
    [InlineData(ChannelSchema.SmsPreferred, Fallback.OnFailedDelivery, "es", "s0>e0")]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, "e", "")]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, "s", "")]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnMissingAddress, "es", "")]
    [InlineData(ChannelSchema.EmailAndSms, Fallback.OnFailedDelivery, "es", "")]
    [InlineData(ChannelSchema.Email, Fallback.OnFailedDelivery, "es", "")]
    [InlineData(ChannelSchema.Sms, Fallback.OnFailedDelivery, "es", "")]
    [InlineData(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, "es es s", "e0>s0 e1>s1")]
    public void For_whoever_has_addresses_of_both_channels_the_other_one_is_kept(ChannelSchema schema, Fallback fallback, string contacts, string expected)
    {
        var found = contacts.Split(' ').Select((has, i) => Found(i, has.Contains('e') ? [$"e{i}"] : [], has.Contains('s') ? [$"s{i}"] : [])).ToArray();

        Told(Plan(schema, fallback, found)).ShouldBe(expected);
    }

    [Fact]
    public void Nothing_is_kept_for_somebody_who_is_reserved() =>
        Plan(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, Found(0, ["e"], ["s"], isReserved: true)).ShouldBeEmpty();

    [Fact]
    public void All_first_addresses_of_a_contact_stand_for_it_together() =>
        Told(Plan(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, Found(0, ["e1", "e2"], ["s1", "s2"]))).ShouldBe("e1,e2>s1,s2");

    [Fact]
    public void Who_share_a_first_address_share_its_fate() =>
        Told(Plan(ChannelSchema.EmailPreferred, Fallback.OnFailedDelivery, Found(0, ["same"], ["s0"]), Found(1, ["SAME"], ["s1"]), Found(2, ["own"], ["s2"]))).ShouldBe("same>s0,s1 own>s2");

    [Theory]
    [InlineData(NotificationState.Failed_Bounced, true, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed_BarredReceiver, true, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed_Undelivered, true, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed_Expired, true, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed, false, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed_TTL, false, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Failed_TTL, true, null)]
    [InlineData(NotificationState.Delivered, true, null)]
    [InlineData(NotificationState.Succeeded, true, null)]
    [InlineData(NotificationState.Sending, true, null)]
    [InlineData(NotificationState.New, false, null)]
    public void Only_a_failure_that_is_known_is_one(NotificationState state, bool mayBeWithProvider, FallbackReason? expected) =>
        FallbackRules.Decide(Open(dueAt: null, new FirstMessage(state, mayBeWithProvider)), Now).ShouldBe(expected);

    [Theory]
    [InlineData(NotificationState.Succeeded, -1, FallbackReason.NoReport)]
    [InlineData(NotificationState.Accepted, 0, FallbackReason.NoReport)]
    [InlineData(NotificationState.Sending, 0, FallbackReason.NoReport)]
    [InlineData(NotificationState.New, 0, FallbackReason.NoReport)]
    [InlineData(NotificationState.Succeeded, 1, null)]
    [InlineData(NotificationState.Failed_TTL, 1, FallbackReason.NoReport)]
    [InlineData(NotificationState.Failed_Bounced, 1, FallbackReason.FailedDelivery)]
    [InlineData(NotificationState.Delivered, -1, null)]
    public void Without_a_report_the_order_says_how_long_to_wait(NotificationState state, int minutesLeft, FallbackReason? expected) =>
        FallbackRules.Decide(Open(Now.AddMinutes(minutesLeft), new FirstMessage(state, MayBeWithProvider: true)), Now).ShouldBe(expected);

    [Fact]
    public void Nothing_goes_out_instead_without_its_cause()
    {
        var cases =
            from first in (from state in Gen.Elements(Enum.GetValues<NotificationState>()) from with in Gen.Elements(true, false) select new FirstMessage(state, with)).ListOf()
            from minutes in Gen.Choose(-3, 3)
            from waits in Gen.Elements(true, false)
            select Open(waits ? Now.AddMinutes(minutes) : null, [.. first]);

        Prop.ForAll(cases.ToArbitrary(), fallback => FallbackRules.Decide(fallback, Now) switch
        {
            FallbackReason.FailedDelivery => fallback.First.All(m => Progress.Of(m.State) == Progress.Failed),
            FallbackReason.NoReport => fallback.DueAt is { } due && (due <= Now || fallback.First.All(m => Progress.Of(m.State) == Progress.Failed)),
            _ => fallback.First.Count == 0 || fallback.First.Any(m => m.State == NotificationState.Delivered)
                || (!(fallback.DueAt <= Now) && !fallback.First.All(m => Progress.Of(m.State) == Progress.Failed && m.State != NotificationState.Failed_TTL)),
        } && !(fallback.First.Any(m => m.State == NotificationState.Delivered) && FallbackRules.Decide(fallback, Now) is not null))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static OpenFallback Open(DateTimeOffset? dueAt, params FirstMessage[] first) => new(Guid.NewGuid(), Channel.Sms, dueAt, [Guid.NewGuid()], first);

    private static IReadOnlyList<PlannedFallback> Plan(ChannelSchema schema, Fallback fallback, params ResolvedRecipient[] found)
    {
        var order = new RecipientOrder(
            [.. found.Select(f => new OrderedRecipient { NationalIdentityNumber = $"{f.Ordinal}" })], schema, IgnoreReservation: false, UseStaleContactInformation: false, NamesRecipient: false)
        { Fallback = fallback };
        return FallbackRules.Plan(order, found, SelectNotifications.For(order, found));
    }

    private static ResolvedRecipient Found(int ordinal, string[] emails, string[] mobiles, bool isReserved = false) =>
        new() { ShipmentId = Guid.Empty, Ordinal = ordinal, IsReserved = isReserved, Emails = emails, Mobiles = [.. mobiles.Select(m => m)] };

    private static string Told(IEnumerable<PlannedFallback> plans) =>
        string.Join(' ', plans.Select(p => $"{string.Join(',', p.First.Select(n => n.Address))}>{string.Join(',', p.Instead.Select(n => n.Address))}"));
}
