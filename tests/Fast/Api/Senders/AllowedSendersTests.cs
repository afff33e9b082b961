using Notifications.Api.Senders;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Senders;

public sealed class AllowedSendersTests
{
    private readonly AllowedSenders _senders = new(
        [Verified(Channel.Email, "post@etat.no"), Verified(Channel.Email, "@stor.no"), Verified(Channel.Sms, "Etaten")],
        new SenderSettings(MustBeVerified: true, "noreply@altinn.cloud", "Altinn"));

    [Theory]
    [InlineData("post@etat.no", true)]
    [InlineData("POST@etat.no", true)]
    [InlineData("xpost@etat.no", false)]
    [InlineData("post@etat.no.evil.no", false)]
    [InlineData("anybody@stor.no", true)]
    [InlineData("anybody@sub.stor.no", false)]
    [InlineData("anybody@nostor.no", false)]
    [InlineData("noreply@altinn.cloud", true)]
    [InlineData("Etaten", false)]
    public void An_email_sender(string sender, bool allowed) => _senders.Allows(Channel.Email, sender).ShouldBe(allowed);

    [Theory]
    [InlineData("Etaten", true)]
    [InlineData("etaten", false)]
    [InlineData("Altinn", true)]
    [InlineData("post@etat.no", false)]
    public void An_sms_sender(string sender, bool allowed) => _senders.Allows(Channel.Sms, sender).ShouldBe(allowed);

    private static VerifiedSender Verified(Channel channel, string sender) => new() { Creator = "ttd", Channel = channel, Sender = sender, VerifiedAt = FixedClock.Start };
}
