using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Instant;

[Collection(SharedSystemTests.Name)]
public sealed class InstantTests(SharedSystem system)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(InstantMessage.TimeToLive);
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("sms", "SMS_Delivered")]
    [InlineData("email", "Email_Delivered")]
    [InlineData("", "SMS_Delivered")]
    public async Task Message_has_left_when_the_call_returns_and_its_shipment_ends_like_any_other(string route, string state)
    {
        var answer = await _owner.PostInstant(route, InstantMessage.For(route, To(route)).With("sendersReference", "ref-1"));

        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await system.Sandbox.Inbox(To(route))).ShouldHaveSingleItem().Body.ShouldBe("Hello");
        var accepted = answer.Accepted();
        answer.Location!.AbsolutePath.ShouldEndWith($"/orders/chain/{accepted.OrderId}");
        (await _owner.GetChain(accepted.OrderId)).Status.ShouldBe(HttpStatusCode.OK);

        var shipment = await _owner.UntilCompleted(accepted.ShipmentId);
        (shipment.Type, shipment.SendersReference, shipment.Notification).ShouldBe(("Instant", "ref-1", state));
        var entry = (await _owner.WholeFeed()).ShouldHaveSingleItem();
        (entry.ShipmentId, entry.ShipmentType, entry.Status).ShouldBe((accepted.ShipmentId, "Instant", Shipment.Completed));
        (await system.Sandbox.Inbox(To(route))).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("sms")]
    [InlineData("email")]
    [InlineData("")]
    public async Task Same_message_many_times_at_once_and_again_is_one_message(string route)
    {
        var message = InstantMessage.For(route, To(route));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _owner.PostInstant(route, message)));
        var again = await _owner.PostInstant(route, message);

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Append(again).Count(a => a.Status == HttpStatusCode.OK).ShouldBe(10);
        answers.Append(again).Select(a => a.Body.GetRawText()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        await _owner.UntilCompleted(again.Accepted().ShipmentId);
        (await _owner.PostInstant(route, message)).Status.ShouldBe(HttpStatusCode.OK);
        (await system.Sandbox.Inbox(To(route))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_a_conflict_that_names_what_differs()
    {
        var message = InstantMessage.Sms(To("sms"), "One");
        await _owner.PostInstant("sms", message);
        var answer = await _owner.PostInstant("sms", message.With("recipientSms.smsSettings.body", "Other"));

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("recipientSms.smsSettings.body");
        (await system.Sandbox.Inbox(To("sms"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sms_email_and_order_may_have_the_same_id_and_both_forms_of_an_sms_are_one()
    {
        var id = Guid.NewGuid().ToString();
        (await _owner.PostInstant("sms", InstantMessage.Sms(To("sms")).Known(id))).Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.PostInstant("email", InstantMessage.Email(To("email")).Known(id))).Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.Post(Order.Email(To("email")).Known(id))).Status.ShouldBe(HttpStatusCode.Created);

        (await _owner.PostInstant("", InstantMessage.For("", To("sms")).Known(id))).Status.ShouldBe(HttpStatusCode.OK);
        (await system.Sandbox.Inbox(To("sms"))).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("sms", "link", "503")]
    [InlineData("sms", "link", "500")]
    [InlineData("", "link", "throttle")]
    [InlineData("email", "acs", "throttle")]
    public async Task Provider_that_did_not_take_it_is_a_503_and_the_same_message_may_be_sent_again(string route, string provider, string mode)
    {
        var message = InstantMessage.For(route, To(route));
        await system.Sandbox.Fault(provider, mode, count: 1, about: To(route));

        var refused = await _owner.PostInstant(route, message);
        refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Code.ShouldBe("NOT-00004");
        refused.RetryAfter.ShouldNotBeNull();

        // Nobody else sends it: what the reconciler would drive it would drive by now.
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
        await _owner.UntilCompleted((await _owner.OrderEmail($"other.{_owner.Creator}@example.no")).ShipmentId);
        (await system.Sandbox.Inbox(To(route))).ShouldBeEmpty();

        var again = await _owner.PostInstant(route, message);
        again.Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.UntilCompleted(again.Accepted().ShipmentId)).Notification!.ShouldEndWith("_Delivered");
        (await _owner.PostInstant(route, message)).Status.ShouldBe(HttpStatusCode.OK);
        (await system.Sandbox.Inbox(To(route))).Count.ShouldBe(1);
        (await system.Ledger.Of(_owner.Creator)).Single(line => line.ShipmentId == again.Accepted().ShipmentId).Outcomes.ShouldBe(["Deferred", "Accepted"]);
    }

    [Fact]
    public async Task What_was_not_taken_fails_at_its_expiry_and_may_still_be_sent_again()
    {
        var message = InstantMessage.Sms(To("sms"));
        await system.Sandbox.Fault("link", "503", count: 1, about: To("sms"));
        (await _owner.PostInstant("sms", message)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await system.Sandbox.AdvanceClock(TimeToLive);
        var failed = await Eventually.Until("The feed", () => _owner.WholeFeed(), feed => feed.Count == 1);
        failed[0].Recipients.ShouldHaveSingleItem().Status.ShouldBe("SMS_Failed_TTL");

        var again = await _owner.PostInstant("sms", message);
        again.Status.ShouldBe(HttpStatusCode.Created);
        again.Accepted().ShipmentId.ShouldBe(failed[0].ShipmentId);
        await _owner.UntilNotification(failed[0].ShipmentId, "SMS_Delivered");
        (await system.Sandbox.Inbox(To("sms"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_gateway_refuses_for_good_ends_as_failed()
    {
        var message = InstantMessage.Sms("+4740000027");
        var answer = await _owner.PostInstant("sms", message);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.UntilCompleted(answer.Accepted().ShipmentId)).Notification.ShouldBe("SMS_Failed_InvalidRecipient");
        (await _owner.PostInstant("sms", message)).Accepted().ShipmentId.ShouldBe(answer.Accepted().ShipmentId);
        (await system.Ledger.Of(_owner.Creator)).ShouldHaveSingleItem().Outcomes.ShouldBe(["Refused", "Refused"]);
        (await _owner.WholeFeed()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("reset-after", 1)]
    [InlineData("reset-before", 0)]
    [InlineData("garbage", 0)]
    public async Task Sms_whose_outcome_is_unknown_is_never_sent_again(string mode, int messages)
    {
        var message = InstantMessage.Sms(To("sms"));
        await system.Sandbox.Fault("link", mode, count: 1, about: To("sms"));
        var answer = await _owner.PostInstant("sms", message);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.PostInstant("sms", message)).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Shipment(answer.Accepted().ShipmentId)).Notification.ShouldBe("SMS_Sending");

        await system.Sandbox.AdvanceClock(TimeToLive);
        (await _owner.UntilCompleted(answer.Accepted().ShipmentId)).Notification.ShouldBe("SMS_Failed_TTL");
        (await _owner.PostInstant("sms", message)).Status.ShouldBe(HttpStatusCode.OK);
        (await system.Ledger.Of(_owner.Creator)).ShouldHaveSingleItem().Outcomes.ShouldBe(["Unknown"]);
        (await system.Sandbox.Inbox(To("sms"))).Count.ShouldBe(messages);
    }

    [Theory]
    [InlineData("reset-after")]
    [InlineData("reset-before")]
    [InlineData("503")]
    public async Task Email_whose_outcome_is_unknown_goes_on_by_itself_and_comes_once(string mode)
    {
        var message = InstantMessage.Email(To("email"));
        await system.Sandbox.Fault("acs", mode, count: 1, about: To("email"));
        var answer = await _owner.PostInstant("email", message);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.PostInstant("email", message)).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.UntilCompleted(answer.Accepted().ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await system.Sandbox.Inbox(To("email"))).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("sms", "link")]
    [InlineData("email", "acs")]
    public async Task Client_that_leaves_stops_nothing_and_finds_its_message(string route, string provider)
    {
        using var client = new CancellationTokenSource();
        var message = InstantMessage.For(route, To(route));
        await system.Sandbox.Fault(provider, "hang", count: 1, about: To(route));
        var call = _owner.Call(HttpMethod.Post, $"/notifications/api/v1/{InstantMessage.Path(route)}", message.ToJsonString(), cancellationToken: client.Token);
        await Eventually.Until("The call that hangs", () => system.Sandbox.FaultLeft(provider), left => left == 0);

        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        var meanwhile = await _owner.PostInstant(route, message);
        await system.Sandbox.Fault(provider, "none");

        meanwhile.Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.UntilCompleted(meanwhile.Accepted().ShipmentId)).Notification!.ShouldEndWith("_Delivered");
        (await system.Sandbox.Inbox(To(route))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bodies_of_Altinn_Profile_are_taken_as_they_are()
    {
        var sms = InstantMessage.Sms(To("sms"), "Code 1").With("recipientSms.smsSettings.sendingTimePolicy", "Anytime");
        var email = InstantMessage.Email(To("email"), "<p>Code 1</p>", "A code\r\nfor you")
            .With("recipientEmail.emailSettings.contentType", "Html").With("recipientEmail.emailSettings.sendingTimePolicy", "Anytime");

        (await _owner.PostInstant("sms", sms)).Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.PostInstant("email", email)).Status.ShouldBe(HttpStatusCode.Created);
        var arrived = (await system.Sandbox.Inbox(To("email"))).ShouldHaveSingleItem();
        (arrived.Subject, arrived.ContentType).ShouldBe(("A code for you", "Html"));
    }

    [Fact]
    public async Task What_is_wrong_is_named_as_clients_know_it_and_nothing_is_sent()
    {
        var answer = await _owner.PostInstant("", InstantMessage.For("", "99999999").With("recipient.recipientSms.timeToLiveInSeconds", 59));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe(
        [
            "InstantNotificationRecipient.ShortMessageDeliveryDetails.PhoneNumber", "InstantNotificationRecipient.ShortMessageDeliveryDetails.TimeToLiveInSeconds",
        ], ignoreOrder: true);
        answer.Body.GetProperty("pointers").GetProperty("InstantNotificationRecipient.ShortMessageDeliveryDetails.PhoneNumber").GetString()
            .ShouldBe("/recipient/recipientSms/phoneNumber");
        (await system.Ledger.Of(_owner.Creator)).ShouldBeEmpty();
    }

    private string To(string route) => route == "email"
        ? $"{_owner.Creator}@example.no"
        : $"+4795{int.Parse(_owner.Creator["owner".Length..]):000000}";
}
