using Notifications.Api.History;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.History;

public sealed class StoryTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 7, 15, 0, TimeSpan.Zero);

    [Fact]
    public void A_story_is_told_in_the_order_and_by_the_clock_of_those_who_read_it() =>
        Story.Of(
        [
            Line(HistoryKind.Accepted),
            Line(HistoryKind.StateChanged, "Sending", reason: "ShipmentDue"),
            Line(HistoryKind.HandOffEnded, channel: Channel.Sms, reason: "Accepted"),
            Line(HistoryKind.ReportReceived, "Delivered", Channel.Sms, providerState: "DELIVRD"),
            Line(HistoryKind.StateChanged, "Completed"),
        ], Tongue.Norwegian).ShouldBe(
        [
            "Bestillingen ble mottatt 01.07.2026 kl. 09:15.", "Utsendingen begynte 01.07.2026 kl. 09:15.", "SMS-en ble overlevert til leverandøren 01.07.2026 kl. 09:15.",
            "SMS-en ble meldt levert 01.07.2026 kl. 09:15.", "Forsendelsen var ferdig 01.07.2026 kl. 09:15.",
        ]);

    [Fact]
    public void What_happened_to_many_messages_is_one_sentence() =>
        Story.Of([.. Enumerable.Range(0, 300).Select(_ => Line(HistoryKind.ReportReceived, "Delivered", Channel.Email, providerState: "Delivered"))], Tongue.English)
            .ShouldBe(["300 e-mails were reported as delivered on 1 July 2026 at 09:15."]);

    [Fact]
    public void Both_languages_tell_the_same_things()
    {
        string?[] states = [null, "Sending", "Completed", "Cancelled", "ConditionNotMet", "ResolvingRecipients", "CheckingCondition", "PlanningNotifications"];
        string?[] ends = [null, .. Enum.GetNames<NotificationState>()];
        string?[] reasons = [null, "Ordered", "Preferred", "MissingAddress", "NoAddress", "Fallback", "FailedDelivery", "NoReport", "WithMain", "ByAppEvent", "ByOwner", .. Enum.GetNames<AttemptOutcome>()];
        var lines =
            from kind in Enum.GetValues<HistoryKind>()
            from channel in new Channel?[] { null, Channel.Email, Channel.Sms }
            from state in channel is null ? states : ends
            from reason in reasons
            select Line(kind, state, channel, reason, "said");

        foreach (var line in lines)
            (Tongue.Norwegian.Tell(line, 1) is null).ShouldBe(Tongue.English.Tell(line, 1) is null, $"{line}");
    }

    [Theory]
    [InlineData("", "nb")]
    [InlineData("en", "en")]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("fr, en;q=0.8", "en")]
    [InlineData("nn-NO,en;q=0.8", "nb")]
    [InlineData("de", "nb")]
    public void The_reader_says_in_which_language(string languages, string expected) => Tongue.Of(languages).Code.ShouldBe(expected);

    [Fact]
    public void What_happens_next_is_told_in_its_order()
    {
        var awaited = new AwaitedByShipment("Sending", At, null, null, At.AddHours(9), At.AddHours(2), null, At.AddHours(4), At.AddHours(48), [At.AddDays(7)]);

        Story.Next(awaited, Tongue.English).Select(n => n.What).ShouldBe(
        [
            "What waits for its turn is sent: its sender has more than the provider takes of it at once.",
            "The other channel is used if no delivery has been reported.", "What waits for its sending window is sent.",
            "What has not been reported as delivered by then counts as not delivered.", "A reminder is sent.",
        ]);
    }

    private static HistoryLine Line(HistoryKind kind, string? state = null, Channel? channel = null, string? reason = null, string? providerState = null) =>
        new(1, At, kind, state, channel, channel is null ? null : Guid.NewGuid(), null, reason, providerState);
}
