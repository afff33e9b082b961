using System.Text.Json;
using Notifications.Api.Instant;
using Notifications.Api.Wire;
using Notifications.Store;
using Notifications.Tests.Fast.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Instant;

public sealed class InstantRequestTests
{
    [Fact]
    public void Both_forms_of_an_SMS_are_the_same_message()
    {
        var (one, other) = (Read<InstantSmsRequest>(InstantBodies.Sms), Read<InstantOrderRequest>(InstantBodies.EarlierSms));

        other.Fingerprint().ShouldBe(one.Fingerprint());
        other.Message().ShouldBe(one.Message());
        other.Kind.ShouldBe(one.Kind);
    }

    [Fact]
    public void SMS_and_email_have_idempotency_ids_of_their_own() =>
        Read<InstantEmailRequest>(InstantBodies.Email).Kind.ShouldNotBe(Read<InstantSmsRequest>(InstantBodies.Sms).Kind);

    [Fact]
    public void An_SMS_expires_after_its_time_to_live() =>
        Read<InstantSmsRequest>(InstantBodies.Sms).Message().Claimed(Guid.NewGuid(), 1, Providers.Link, FixedClock.Start).ExpiresAt.ShouldBe(FixedClock.Start.AddSeconds(900));

    [Fact]
    public void A_claim_holds_what_the_shipment_holds()
    {
        var message = Read<InstantEmailRequest>(InstantBodies.Email.With("recipientEmail.emailSettings.subject", "\"Hei\\nigjen\"")).Message();
        var shipment = message.Shipment(Guid.NewGuid(), Guid.NewGuid(), "ttd", "ref-1", FixedClock.Start);
        var claimed = message.Claimed(Guid.NewGuid(), 1, Providers.Link, FixedClock.Start);

        (claimed.Sender, claimed.Subject, claimed.Body, claimed.ContentType).ShouldBe(("post@etat.no", "Hei igjen", "Tekst", EmailContentType.Html));
        (shipment.EmailSender, shipment.EmailSubject, shipment.EmailBody, shipment.EmailContentType).ShouldBe((claimed.Sender, claimed.Subject, claimed.Body, claimed.ContentType));
        OrderedRecipient.FromJson(shipment.Recipients).ShouldHaveSingleItem().Email.ShouldBe(claimed.Address);
        shipment.SmsBody.ShouldBeNull();
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, WireJson.Options)!;
}
