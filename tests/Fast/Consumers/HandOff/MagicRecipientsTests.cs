using Notifications.Consumers.HandOff;
using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Link;
using Notifications.Store;

namespace Notifications.Tests.Fast.Consumers.HandOff;

public sealed class MagicRecipientsTests
{
    /// <summary>What does not become of a message by its provider: nobody is called, or the time is over.</summary>
    private static readonly NotificationState[] NotByAProvider =
    [
        NotificationState.New, NotificationState.Sending, NotificationState.Failed_RecipientReserved, NotificationState.Failed_RecipientNotIdentified,
        NotificationState.Failed_InvalidSasUrl, NotificationState.Failed_TTL,
    ];

    [Fact]
    public void There_is_one_for_everything_that_can_become_of_a_message() =>
        Enum.GetValues<NotificationState>().Except(NotByAProvider)
            .ShouldBe([.. MagicRecipients.Mailboxes.Values.Concat(MagicRecipients.Mobiles.Values).Append(NotificationState.Delivered).Distinct()], ignoreOrder: true);

    [Theory]
    [InlineData("bounced@simulator.test", NotificationState.Failed_Bounced)]
    [InlineData("Bounced+7@SIMULATOR.test", NotificationState.Failed_Bounced)]
    [InlineData("delivered@simulator.test", NotificationState.Delivered)]
    [InlineData("bounced@example.no", NotificationState.Delivered)]
    [InlineData("+4740000005", NotificationState.Failed_BarredReceiver)]
    [InlineData("004740000005", NotificationState.Failed_BarredReceiver)]
    [InlineData("+4740000000", NotificationState.Delivered)]
    [InlineData("+4799999905", NotificationState.Delivered)]
    [InlineData("4740000005@example.no", NotificationState.Delivered)]
    public void A_recipient_has_its_fate(string address, NotificationState fate) => MagicRecipients.FateOf(address).ShouldBe(fate);

    [Fact]
    public void The_sandbox_knows_them_all()
    {
        foreach (var mailbox in MagicRecipients.Mailboxes.Keys)
        {
            var plain = MagicMailbox.Reports("delivered", TimeSpan.Zero).Select(r => r.Status).SequenceEqual(MagicMailbox.Reports(mailbox, TimeSpan.Zero).Select(r => r.Status), StringComparer.Ordinal);
            (plain && MagicMailbox.Ending(mailbox) is null && mailbox is not ("invalid-format" or "too-large")).ShouldBeFalse(mailbox);
        }
        foreach (var mobile in MagicRecipients.Mobiles.Keys)
            (MagicNumber.Of($"47400000{mobile}") == MagicNumber.RefusedAtSend || MagicNumber.Reports(int.Parse(mobile, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero) is not [{ Status: "DELIVRD" }]).ShouldBeTrue(mobile);
    }

    [Theory]
    [InlineData("invalid-format@simulator.test", AttemptOutcome.Refused)]
    [InlineData("bounced@simulator.test", AttemptOutcome.Accepted)]
    [InlineData("ola@example.no", AttemptOutcome.Accepted)]
    public async Task The_stand_in_says_that_nobody_was_reached(string address, AttemptOutcome outcome)
    {
        var verdict = await new StandIn().Send(Messages.Email with { Address = address }, CancellationToken.None);

        (verdict.Outcome, verdict.State, verdict.Reference, verdict.Pause).ShouldBe((outcome, MagicRecipients.FateOf(address), null, null));
        verdict.Answer.ShouldStartWith("reached nobody");
        verdict.Answer.ShouldNotContain(address);
    }
}
