using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Recipients;

[Collection(SharedSystemTests.Name)]
public sealed class OrganizationTests(SharedSystem system)
{
    private const string App = "app_ttd_app-name";
    private static int _organizations;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _organization = Interlocked.Increment(ref _organizations);

    private string Number => $"9100{_organization:00000}";

    private string Official => $"post{_organization}@example.no";

    private string Mobile => $"+47972{_organization:00000}";

    [Theory]
    [InlineData("Email", "Email_Delivered")]
    [InlineData("Sms", "SMS_Delivered")]
    [InlineData("EmailPreferred", "Email_Delivered")]
    [InlineData("SmsPreferred", "SMS_Delivered")]
    [InlineData("EmailAndSms", "Email_Delivered", "SMS_Delivered")]
    public async Task Organization_is_told_at_its_official_addresses(string schema, params string[] endings)
    {
        await system.Sandbox.Organization(Number, "Eksempel AS", [Official], [Mobile]);
        var order = await _owner.Accept(Order.Organization(Number, schema));

        (await Endings(order)).ShouldBe(endings, ignoreOrder: true);
    }

    [Fact]
    public async Task Unit_without_a_record_of_its_own_is_told_at_its_main_units_addresses()
    {
        var main = $"9800{_organization:00000}";
        await system.Sandbox.Organization(main, "Eksempel AS", [Official]);
        await system.Sandbox.Organization(Number, "Eksempel AS avd. Nord", mainUnit: main);
        var order = await _owner.Accept(Order.Organization(Number, "Email"));

        (await Endings(order)).ShouldBe(["Email_Delivered"]);
        (await system.Sandbox.Inbox(Official)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(App)]
    [InlineData("ttd-corr")]
    public async Task Only_those_who_may_act_on_the_resource_are_told_beside_it(string resource)
    {
        await system.Sandbox.Organization(
            Number, "Eksempel AS", [Official], [],
            users: [User(1, permitted: [App, "urn:altinn:resource:ttd-corr"]), User(2, permitted: ["app_ttd_other"]), User(3)]);
        var order = await _owner.Accept(Order.Organization(Number, "EmailPreferred", resource));

        (await Endings(order)).ShouldBe(["Email_Delivered", "Email_Delivered"]);
        (await Received(Official, UserEmail(1), UserEmail(2), UserEmail(3))).ShouldBe([1, 1, 0, 0]);
    }

    [Fact]
    public async Task Nobody_is_told_beside_it_when_the_order_names_no_resource()
    {
        await system.Sandbox.Organization(Number, "Eksempel AS", [Official], [], users: [User(1, permitted: [App])]);
        var order = await _owner.Accept(Order.Organization(Number, "Email"));

        (await Endings(order)).ShouldBe(["Email_Delivered"]);
        (await Received(Official, UserEmail(1))).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task Organization_without_an_address_of_its_own_is_reached_through_its_people()
    {
        await system.Sandbox.Organization(Number, "Eksempel AS", users: [User(1, permitted: [App])]);
        var order = await _owner.Accept(Order.Organization(Number, "Email", App));

        (await Endings(order)).ShouldBe(["Email_Delivered"]);
        (await Received(UserEmail(1))).ShouldBe([1]);
    }

    [Fact]
    public async Task Organization_whose_people_may_not_know_is_not_identified()
    {
        await system.Sandbox.Organization(Number, "Eksempel AS", users: [User(1)]);
        var order = await _owner.Accept(Order.Organization(Number, "Email", App));

        (await Endings(order)).ShouldBe(["Email_Failed_RecipientNotIdentified"]);
        (await Received(UserEmail(1))).ShouldBe([0]);
    }

    [Fact]
    public async Task Address_that_is_official_and_somebodys_own_gets_one_message()
    {
        var shared = new OrganizationUser(UserId(1), Official.ToUpperInvariant(), Mobile, App);
        await system.Sandbox.Organization(Number, "Eksempel AS", [Official], [Mobile], users: [shared, shared with { UserId = UserId(2) }]);
        var order = await _owner.Accept(Order.Organization(Number, "EmailAndSms", App));

        (await Endings(order)).ShouldBe(["Email_Delivered", "SMS_Delivered"], ignoreOrder: true);
        (await Received(Official, Mobile)).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Addresses_that_nothing_can_be_sent_to_are_passed_over()
    {
        await system.Sandbox.Organization(
            Number, "Eksempel AS", ["", "ukjent", Official], ["22222222", Mobile["+47".Length..]],
            users: new OrganizationUser(UserId(1), UserEmail(1), "22222222", App));
        var order = await _owner.Accept(Order.Organization(Number, "EmailAndSms", App));

        (await Endings(order)).ShouldBe(["Email_Delivered", "Email_Delivered", "SMS_Delivered"], ignoreOrder: true);
        (await Received(Official, Mobile, UserEmail(1))).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task More_people_than_one_question_to_Authorization_holds_are_told()
    {
        const int People = 502;
        await system.Sandbox.Organization(Number, "Eksempel AS", users: [.. Enumerable.Range(0, People).Select(i => User(i, permitted: i % 2 == 0 ? [App] : []))]);
        var order = await _owner.Accept(Order.Organization(Number, "Email", App));

        (await Endings(order)).Count.ShouldBe(People / 2);
        (await Received(UserEmail(0), UserEmail(1), UserEmail(500), UserEmail(501))).ShouldBe([1, 0, 1, 0]);
    }

    [Fact]
    public async Task Name_and_number_are_filled_in()
    {
        await system.Sandbox.Organization(Number, "Bakst & Brød AS", [Official], [Mobile]);
        var order = await _owner.Accept(Order.Organization(Number, "EmailAndSms", body: "$recipientName$ ($recipientNumber$)", subject: "To $recipientName$")
            .With("recipient.recipientOrganization.emailSettings.contentType", "Html"));

        await _owner.UntilCompleted(order.ShipmentId);
        var email = (await system.Sandbox.Inbox(Official)).ShouldHaveSingleItem();
        (email.Subject, email.Body).ShouldBe(("To Bakst & Brød AS", $"Bakst &amp; Br&#248;d AS ({Number})"));
        (await system.Sandbox.Inbox(Mobile)).ShouldHaveSingleItem().Body.ShouldBe($"Bakst & Brød AS ({Number})");
    }

    private async Task<IReadOnlyList<string>> Endings(AcceptedOrder order) =>
        [.. (await _owner.UntilCompleted(order.ShipmentId)).Recipients.Select(r => r.Status)];

    private async Task<int[]> Received(params string[] addresses) =>
        [.. (await Task.WhenAll(addresses.Select(system.Sandbox.Inbox))).Select(messages => messages.Count)];

    private OrganizationUser User(int place, params string[] permitted) => new(UserId(place), UserEmail(place), null, permitted);

    private int UserId(int place) => 20_000_000 + (_organization * 1000) + place;

    private string UserEmail(int place) => $"user{_organization}.{place}@example.no";
}
