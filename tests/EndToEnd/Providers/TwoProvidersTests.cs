using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>
/// Two providers for each channel, over their wires: Azure and a mail server, both interfaces of LINK. It is a test environment too, which sends to
/// listed addresses only.
/// </summary>
[Collection(TwoProvidersTests.Name)]
public sealed class TwoProvidersTests(TwoProviderSystem system)
{
    public const string Name = "A system with two providers for each channel";

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Email_goes_through_the_mail_server_while_the_other_does_not_know_us()
    {
        await List();
        await system.Sandbox.Fault("acs", "401");
        try
        {
            var orders = new List<(string To, AcceptedOrder Order)>();
            foreach (var i in Enumerable.Range(0, 4))
                orders.Add(($"{_owner.Creator}.{i}@example.no", await _owner.OrderEmail($"{_owner.Creator}.{i}@example.no", $"Blåbær {i}")));
            foreach (var (to, order) in orders)
            {
                (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
                (await system.Sandbox.Inbox(to)).Single().Body.ShouldStartWith("Blåbær");
                (await Settled(order))[^1].ShouldBe("smtp Accepted");
            }
        }
        finally
        {
            await system.Sandbox.Fault("acs", "none");
        }

        await Eventually.Until("The first one's turn", async () =>
        {
            var order = await _owner.OrderEmail($"{_owner.Creator}@example.no");
            await _owner.UntilCompleted(order.ShipmentId);
            return (await Settled(order))[^1];
        }, last => last == "acs Accepted");
    }

    [Theory]
    [InlineData("bounced", "Email_Failed_Bounced")]
    [InlineData("spam", "Email_Failed_FilteredSpam")]
    [InlineData("invalid-format", "Email_Failed_InvalidFormat")]
    [InlineData("too-large", "Email_Failed_PayloadTooLarge")]
    [InlineData("unlisted", "Email_Delivered")]
    public async Task Whoever_is_not_listed_is_for_the_stand_in_however_often(string mailbox, string status)
    {
        await List();
        for (var i = 0; i < 2; i++)
        {
            var order = await _owner.OrderEmail($"{mailbox}+{_owner.Creator}@simulator.test");
            (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe(status);
            (await Settled(order)).Single().ShouldStartWith("stand-in ");
        }
        (await system.Sandbox.Inbox($"{mailbox}+{_owner.Creator}@simulator.test")).ShouldBeEmpty();
        (await _owner.Ask(HttpMethod.Get, "badaddresses")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_instant_message_to_somebody_who_is_not_listed_says_that_nobody_was_reached()
    {
        await List();
        var order = (await _owner.PostInstant("sms", InstantMessage.Sms("+4740000005", _owner.Creator))).Accepted();

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("SMS_Failed_BarredReceiver");
        var story = await _owner.Get($"shipment/{order.ShipmentId}/explain?language=en");
        story.Body.GetProperty("story").EnumerateArray().ShouldContain(s => s.GetString()!.Contains("is not on the list of test recipients", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SMS_that_one_interface_did_not_take_goes_by_the_other_and_one_of_unknown_outcome_does_not()
    {
        await List();
        await system.Sandbox.Fault("link-xml", "503");
        var deferred = await _owner.OrderSms(Mobile(1));
        (await _owner.UntilCompleted(deferred.ShipmentId)).Notification.ShouldBe("SMS_Delivered");
        (await Settled(deferred)).ShouldBe(["link Deferred", "link-common Accepted"]);

        await system.Sandbox.Fault("link-xml", "reset-after", count: 1, about: Mobile(2));
        var unknown = await _owner.OrderSms(Mobile(2));
        await Eventually.Until("The unknown attempt", () => Attempts(unknown), attempts => attempts is ["link Unknown"] or ["link-common Accepted"]);
        var other = await _owner.OrderSms(Mobile(3));
        await _owner.UntilCompleted(other.ShipmentId);
        (await Attempts(unknown)).Count.ShouldBe(1);
        (await system.Sandbox.Inbox(Mobile(2))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_is_read_back_and_what_is_wrong_in_it_is_named()
    {
        await List();
        var list = (await _owner.Ask(HttpMethod.Get, "testrecipients")).Body;
        (list.GetProperty("emailAddresses")[0].GetString(), list.GetProperty("onlyListed").GetBoolean()).ShouldBe(("@example.no", true));

        var answer = await _owner.Ask(HttpMethod.Put, "testrecipients", JsonNode.Parse("""{"emailAddresses":["ola@example.no","nobody"],"phoneNumbers":["12"]}"""));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe(["EmailAddresses[1]", "PhoneNumbers[0]"]);
    }

    private async Task List() => (await _owner.Ask(
        HttpMethod.Put, "testrecipients", JsonNode.Parse($$"""{"emailAddresses":["@example.no"],"phoneNumbers":["{{Mobile(1)}}","{{Mobile(2)}}","{{Mobile(3)}}"]}"""))).Status.ShouldBe(HttpStatusCode.OK);

    private string Mobile(int number) => $"+4794{int.Parse(_owner.Creator["owner".Length..]):00000}{number}";

    /// <summary>A report may be quicker than the record of the call that it is about.</summary>
    private Task<IReadOnlyList<string>> Settled(AcceptedOrder order) =>
        Eventually.Until("The record of every call", () => Attempts(order), attempts => !attempts.Any(a => a.EndsWith("Claimed", StringComparison.Ordinal)));

    private async Task<IReadOnlyList<string>> Attempts(AcceptedOrder order) =>
        [.. (await _owner.Get($"shipment/{order.ShipmentId}/attempts")).Body.EnumerateArray().SelectMany(n => n.GetProperty("attempts").EnumerateArray()).Select(a => $"{a.GetProperty("provider")} {a.GetProperty("outcome")}")];
}

[CollectionDefinition(TwoProvidersTests.Name)]
public sealed class TwoProviderSystemTests : ICollectionFixture<TwoProviderSystem>;
