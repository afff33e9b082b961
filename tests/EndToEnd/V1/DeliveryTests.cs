using System.Net;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

[Collection(SharedSystemTests.Name)]
public sealed class DeliveryTests(SharedSystem system)
{
    private static int _persons;
    private readonly V1Driver _owner = system.NewOwner().V1;
    private readonly int _person = Interlocked.Increment(ref _persons);

    private string Number => $"{_person:00000}512345";

    [Fact]
    public async Task Email_reaches_each_of_many_addresses()
    {
        string[] to = [.. Enumerable.Range(0, 20).Select(i => $"to{i}-{_owner.Creator}@example.no")];
        var id = await _owner.Accept("orders/email", EmailTo([.. to.Select(Email)]).With("contentType", "Html"));

        var list = await _owner.UntilSucceeded(id, "email", 20);
        list.GetProperty("generated").GetInt32().ShouldBe(20);
        Recipients(list, "emailAddress").ShouldBe(to, ignoreOrder: true);
        foreach (var address in to)
        {
            var message = (await system.Sandbox.UntilInbox(address)).ShouldHaveSingleItem();
            (message.Subject, message.Body, message.ContentType, message.From).ShouldBe(("Subject", "Hello", "Html", "noreply@altinn.cloud"));
        }
    }

    [Fact]
    public async Task Sms_reaches_each_of_many_numbers_and_delivered_ones_count()
    {
        await system.Sandbox.BeDaytime();
        var id = await _owner.Accept("orders/sms", SmsTo(Mobile("+4798100011"), Mobile("+4798100012")).With("senderNumber", "Skatt"));

        var list = await _owner.UntilEach(id, "sms", "Delivered", "Delivered");
        (list.GetProperty("generated").GetInt32(), list.GetProperty("succeeded").GetInt32()).ShouldBe((2, 2));
        (await system.Sandbox.Inbox("+4798100011")).ShouldHaveSingleItem().From.ShouldBe("Skatt");
        var sms = (await _owner.Get($"orders/{id}/status")).Body.GetProperty("notificationsStatusSummary").GetProperty("sms");
        (sms.GetProperty("generated").GetInt32(), sms.GetProperty("succeeded").GetInt32()).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Recipients_of_every_kind_are_reached_over_the_channel_that_they_have()
    {
        await system.Sandbox.BeDaytime();
        await system.Sandbox.Person(Number, "Ada Nordmann", mobile: $"+47973{_person:00000}");
        var both = $"both-{_owner.Creator}@example.no";
        var id = await _owner.Accept("orders", AnyTo("EmailPreferred",
            Email(both).With("mobileNumber", "+4798100021"), Mobile("+4798100022"), Person(Number), Person($"{_person:00000}412345")));

        var emails = await _owner.UntilEach(id, "email", "Delivered", "Failed_RecipientNotIdentified");
        var sms = await _owner.UntilEach(id, "sms", "Delivered", "Delivered");
        Recipients(emails, "emailAddress").ShouldBe([both, ""], ignoreOrder: true);
        Recipients(sms, "mobileNumber").ShouldBe(["+4798100022", $"+47973{_person:00000}"], ignoreOrder: true);
        sms.GetProperty("notifications").EnumerateArray().Single(n => n.GetProperty("recipient").TryGetProperty("nationalIdentityNumber", out _))
            .GetProperty("recipient").GetProperty("mobileNumber").GetString().ShouldBe($"+47973{_person:00000}");
        (await system.Sandbox.Inbox("+4798100021")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_channels_are_used_when_both_are_ordered()
    {
        await system.Sandbox.BeDaytime();
        var to = $"both-{_owner.Creator}@example.no";
        var id = await _owner.Accept("orders", AnyTo("EmailAndSms", Email(to).With("mobileNumber", "+4798100031")));

        await _owner.UntilEach(id, "email", "Delivered");
        await _owner.UntilEach(id, "sms", "Delivered");
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(1);
        (await system.Sandbox.Inbox("+4798100031")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("SmsPreferred", "sms", "+4798100041")]
    [InlineData("EmailPreferred", "email", "preferred@example.no")]
    [InlineData("Email", "email", "preferred@example.no")]
    [InlineData("Sms", "sms", "+4798100041")]
    public async Task Preferred_address_is_the_one_that_is_used(string schema, string channel, string to)
    {
        await system.Sandbox.BeDaytime();
        var id = await _owner.Accept("orders", AnyTo(schema, Email("preferred@example.no").With("mobileNumber", "+4798100041")));

        Recipients(await _owner.UntilEach(id, channel, "Delivered"), channel == "sms" ? "mobileNumber" : "emailAddress").ShouldBe([to]);
        var other = (await _owner.Get($"orders/{id}/notifications/{(channel == "sms" ? "email" : "sms")}")).Body;
        (other.GetProperty("generated").GetInt32(), other.GetProperty("succeeded").GetInt32(), other.GetProperty("notifications").GetArrayLength()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Person_who_is_reserved_is_not_told_unless_the_order_says_so()
    {
        await system.Sandbox.Person(Number, "Ola Nordmann", email: $"reserved-{_owner.Creator}@example.no", isReserved: true);
        var kept = await _owner.Accept("orders/email", EmailTo(Person(Number)));
        await _owner.UntilEach(kept, "email", "Failed_RecipientReserved");

        var told = await _owner.Accept("orders/email", EmailTo(Person(Number)).With("ignoreReservation", true));
        await _owner.UntilEach(told, "email", "Delivered");
        (await system.Sandbox.Inbox($"reserved-{_owner.Creator}@example.no")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("suppressed", "Failed_SupressedRecipient")]
    [InlineData("invalid-format", "Failed_InvalidEmailFormat")]
    [InlineData("bounced", "Failed_Bounced")]
    public async Task Failures_have_the_names_that_clients_know(string mailbox, string status)
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email($"{mailbox}+v1{_owner.Creator}@simulator.test")));

        var list = await _owner.UntilEach(id, "email", status);
        list.GetProperty("notifications")[0].GetProperty("succeeded").GetBoolean().ShouldBeFalse();
        (await _owner.Get($"orders/{id}/status")).Body.GetProperty("notificationsStatusSummary").GetProperty("email").GetProperty("succeeded").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(true, "Completed", 1)]
    [InlineData(false, "SendConditionNotMet", 0)]
    public async Task Condition_of_an_order_is_asked_before_it_is_sent(bool isMet, string status, int messages)
    {
        var to = $"condition-{_owner.Creator}@example.no";
        var asked = await system.Sandbox.Condition(_owner.Creator, [isMet]);
        var id = await _owner.Accept("orders/email", EmailTo(Email(to)).With("conditionEndpoint", asked));

        var answer = await Eventually.Until("The status", async () => (await _owner.Get($"orders/{id}/status")).Body,
            s => s.GetProperty("processingStatus").GetProperty("status").GetString() == status);
        answer.GetProperty("conditionEndpoint").GetString().ShouldBe(asked);
        if (messages > 0)
            await system.Sandbox.UntilInbox(to);
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(messages);
    }

    [Fact]
    public async Task Order_to_thousands_is_listed_whole()
    {
        const int many = 2100;
        var id = await _owner.Accept("orders/email", EmailTo([.. Enumerable.Range(0, many).Select(i => Email($"n{i}-{_owner.Creator}@example.no"))]));

        var list = await _owner.UntilSucceeded(id, "email", many, TimeSpan.FromSeconds(60));
        Recipients(list, "emailAddress").Distinct().Count().ShouldBe(many);
    }

    [Fact]
    public async Task Same_address_twice_in_one_order_is_told_once()
    {
        var to = $"twice-{_owner.Creator}@example.no";
        var id = await _owner.Accept("orders/email", EmailTo(Email(to), Email(to)));

        await _owner.UntilEach(id, "email", "Delivered");
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Order_has_no_id_by_which_it_would_be_known_again()
    {
        var order = EmailTo(Email($"again-{_owner.Creator}@example.no"));

        (await _owner.Accept("orders/email", order)).ShouldNotBe(await _owner.Accept("orders/email", order));
        await system.Sandbox.UntilInbox($"again-{_owner.Creator}@example.no", 2);
    }

    [Fact]
    public async Task Answer_says_where_the_order_is()
    {
        var answer = await _owner.Post("orders/email", EmailTo(Email("ada@example.no")));

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        answer.Location!.AbsolutePath.ShouldBe($"/notifications/api/v1/orders/{answer.Body.GetProperty("orderId").GetGuid()}");
        answer.Body.TryGetProperty("recipientLookup", out _).ShouldBeFalse();
        (await _owner.Get(answer.Location.AbsolutePath["/notifications/api/v1/".Length..])).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static IEnumerable<string> Recipients(JsonElement list, string member) =>
        list.GetProperty("notifications").EnumerateArray().Select(n => n.GetProperty("recipient").GetProperty(member).GetString()!);
}
