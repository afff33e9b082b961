using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>A provider that is not called, for every worker on the database.</summary>
public sealed class ProviderPauseTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Nothing_is_claimed_for_a_provider_that_is_not_called_and_the_other_channel_goes_on()
    {
        var emails = await Notifications(Channel.Email, 3);
        var sms = await Notifications(Channel.Sms, 3);
        await Pause();

        (await Claim(Channel.Email, emails)).ShouldBeEmpty();
        (await Claim(Channel.Sms, sms)).Count.ShouldBe(3);
        (await Due(Channel.Email, Now.AddMinutes(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_is_driven_again_as_soon_as_the_pause_is_over()
    {
        var emails = await Notifications(Channel.Email, 3);
        await Pause();

        (await GoAhead(Now, emails)).ShouldBeNull();

        (await Due(Channel.Email, Now + Told)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task When_the_pause_is_over_one_message_goes_ahead_whoever_asks()
    {
        var emails = await Notifications(Channel.Email, 20);
        await Pause();

        var ahead = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => GoAhead(Now + Told, emails[i..])));

        ahead.OfType<ClaimedNotification>().Single().GoesAhead.ShouldBeTrue();
        (await GoAhead(Now + Told, emails)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_goes_ahead_when_nothing_is_heard_of_the_first()
    {
        var emails = await Notifications(Channel.Email, 3);
        await Pause();
        var first = await GoAhead(Now + Told, emails);

        var second = await GoAhead(Now + Told + TimeSpan.FromSeconds(30), emails);

        second!.Id.ShouldNotBe(first!.Id);
    }

    [Fact]
    public async Task The_others_follow_the_one_that_came_through()
    {
        var emails = await Notifications(Channel.Email, 5);
        await Pause();
        await GoAhead(Now + Told, emails);

        await Pauses(Now).Resume(Providers.Acs, ProviderPause.DefaultSender, CancellationToken.None);

        (await Claim(Channel.Email, emails)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_one_that_was_tried_least_goes_ahead()
    {
        var emails = await Notifications(Channel.Email, 2);
        await Claim(Channel.Email, emails[0]);
        await Settle(new SettledAttempt(emails[0], 1, AttemptOutcome.Unknown, NotificationState.New, Answer: "500", NextAttemptAt: Now));
        await Pause();

        (await GoAhead(Now + Told, emails))!.Id.ShouldBe(emails[1]);
    }

    [Theory]
    [InlineData(PauseCause.Throttled, new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(PauseCause.Misconfigured, new double[] { 1, 2, 4, 5, 5, 5, 5, 5 })]
    [InlineData(PauseCause.Unavailable, new double[] { 1, 2, 2, 2, 2, 2, 2, 2 })]
    public async Task Every_message_that_goes_ahead_in_vain_makes_the_pause_longer_up_to_a_bound(PauseCause cause, double[] expected)
    {
        await Pauses(Now).Pause(Providers.Acs, ProviderPause.Everybody, cause, "401", wentAhead: false, wait: null, CancellationToken.None);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            waits.Add(((await Pauses(Now).Current(CancellationToken.None)).Single().Until - Now).TotalSeconds);
            await Pauses(Now).Pause(Providers.Acs, ProviderPause.Everybody, cause, "401", wentAhead: true, wait: null, CancellationToken.None);
        }

        waits.ShouldBe(expected);
    }

    [Fact]
    public async Task Stragglers_of_one_pause_do_not_make_it_longer_each()
    {
        for (var i = 0; i < 50; i++)
            await Pauses(Now).Pause(Providers.Acs, ProviderPause.Everybody, PauseCause.Unavailable, "500", wentAhead: false, wait: null, CancellationToken.None);

        var pause = (await Pauses(Now).Current(CancellationToken.None)).Single();
        (pause.Tries, pause.Until).ShouldBe((1, Now.AddSeconds(1)));
    }

    [Fact]
    public async Task Messages_of_one_sender_wait_and_those_of_others_go()
    {
        var (theirs, others, nobodys) = (await EmailFrom("post@etat.no"), await EmailFrom("post@annen.no"), await EmailFrom(sender: null));
        await Pauses(Now).Pause(Providers.Acs, "post@etat.no", PauseCause.Misconfigured, "400 DomainNotLinked", wentAhead: false, Told, CancellationToken.None);

        (await Claim(Channel.Email, theirs, others, nobodys)).Select(c => c.Id).ShouldBe([others, nobodys], ignoreOrder: true);
        (await Due(Channel.Email, Now.AddMinutes(1))).ShouldBeEmpty();

        (await GoAhead(Now + Told, theirs))!.Id.ShouldBe(theirs);
        await Pauses(Now).Resume(Providers.Acs, "post@etat.no", CancellationToken.None);
        (await Pauses(Now).Current(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pause_that_nobody_waits_for_is_forgotten()
    {
        await Pause();

        await Pauses(Now + Told + TimeSpan.FromMinutes(9)).Forget(CancellationToken.None);
        (await Pauses(Now).Current(CancellationToken.None)).Count.ShouldBe(1);
        await Pauses(Now + Told + TimeSpan.FromMinutes(11)).Forget(CancellationToken.None);
        (await Pauses(Now).Current(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pause_is_ended_by_an_operator()
    {
        var emails = await Notifications(Channel.Email, 2);
        await Pause();

        (await Pauses(Now).End(Providers.Link, CancellationToken.None)).ShouldBeFalse();
        (await Pauses(Now).End(Providers.Acs, CancellationToken.None)).ShouldBeTrue();

        (await Claim(Channel.Email, emails)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_pause_nothing_goes_ahead_and_what_waited_for_one_is_driven_at_once()
    {
        var emails = await Notifications(Channel.Email, 2);

        (await GoAhead(Now, emails)).ShouldBeNull();
        (await Stored(emails[0])).NextAttemptAt.ShouldBe(Now);
    }

    [Fact]
    public async Task An_email_that_nobody_reports_on_is_asked_about_ever_more_rarely()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await Claim(Channel.Email, id);
        await Settle(new SettledAttempt(id, 1, AttemptOutcome.Accepted, NotificationState.Sending, Answer: "202"));

        var asked = new List<int>();
        for (var minute = 0; minute <= 48 * 60; minute++)
        {
            if ((await new UnreportedEmails(Database, new ClockAt(Now.AddMinutes(minute))).Take(5, CancellationToken.None)).Count > 0)
                asked.Add(minute);
        }

        asked.ShouldBe([10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
    }

    [Fact]
    public async Task An_email_that_was_reported_on_is_not_asked_about()
    {
        var id = (await Notifications(Channel.Email, 1))[0];
        await Claim(Channel.Email, id);
        await Apply(new ReceivedReport("acs", Channel.Email, "r", id.ToString(), "Expanded", NotificationState.Succeeded));

        (await new UnreportedEmails(Database, new ClockAt(Now.AddDays(1))).Take(5, CancellationToken.None)).ShouldBeEmpty();
    }

    private Task<int> Pause() => Pauses(Now).Pause(Providers.Acs, ProviderPause.Everybody, PauseCause.Throttled, "429", wentAhead: false, Told, CancellationToken.None);

    private ProviderPauses Pauses(DateTimeOffset now) => new(Database, new ClockAt(now));

    private Task<ClaimedNotification?> GoAhead(DateTimeOffset now, params Guid[] ids) =>
        new ClaimNotifications(Database, new ClockAt(now)).GoAhead(Channel.Email, Providers.Acs, ids, CancellationToken.None);

    private Task<IReadOnlyList<WaitingNotification>> Due(Channel channel, DateTimeOffset now) =>
        Committed(transaction => Reconcile.DueForHandOff(transaction, channel, [channel == Channel.Email ? Providers.Acs : Providers.Link], Reconcile.BatchSize, now, CancellationToken.None));

    private async Task<Guid> EmailFrom(string? sender)
    {
        var shipment = await Shipment();
        await Run(new Statement("UPDATE shipments SET email_sender = $2 WHERE id = $1", shipment, sender));
        return (await Notifications(Channel.Email, 1, shipment))[0];
    }

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
