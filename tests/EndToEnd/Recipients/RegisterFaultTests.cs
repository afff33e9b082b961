using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Recipients;

/// <summary>Registers that fail when a shipment is due: it waits for them, and its recipients are neither forgotten nor guessed.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class RegisterFaultTests(SharedSystem system)
{
    private const string App = "app_ttd_app-name";
    private const int Many = 100_000;
    private static int _organizations;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _organization = Interlocked.Increment(ref _organizations);

    private string Number => $"9300{_organization:00000}";

    private string Official => $"official{_organization}@example.no";

    private string Person => $"person{_organization}@fault.example.no";

    [Theory]
    [InlineData("profile", "garbage")]
    [InlineData("profile", "hang")]
    [InlineData("authorization", "500")]
    [InlineData("authorization", "503")]
    [InlineData("authorization", "throttle")]
    [InlineData("authorization", "garbage")]
    [InlineData("authorization", "reset-before")]
    [InlineData("authorization", "hang")]
    [InlineData("register", "500")]
    [InlineData("register", "garbage")]
    [InlineData("resourceregistry", "500")]
    public async Task Everybody_is_told_once_after_the_register_is_back_and_nobody_before(string register, string mode)
    {
        var order = await DueInAnHour("About $resourceName$ for $recipientName$");
        await system.Sandbox.Fault(register, mode, Many);
        try
        {
            await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));
            await Eventually.Until("A call that fails", () => system.Sandbox.FaultLeft(register), left => left < Many);
            // The call may be for something that another test has left on the way.
            var meanwhile = await _owner.UntilShipment(order.ShipmentId, s => s.Status == Shipment.Processing);
            meanwhile.Recipients.Count.ShouldBe(0);
        }
        finally
        {
            await system.Sandbox.Fault(register, "none");
        }

        (await _owner.UntilCompleted(order.ShipmentId)).Recipients.Select(r => r.Status).ShouldBe(["Email_Delivered", "Email_Delivered"]);
        (await system.Sandbox.Inbox(Official)).ShouldHaveSingleItem().Body.ShouldBe("About app-name for Eksempel AS");
        (await system.Sandbox.Inbox(Person)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_register_that_never_comes_back_ends_the_shipment_with_a_failure_that_its_owner_sees()
    {
        var order = await DueInAnHour("Hello");
        await system.Sandbox.Fault("authorization", "500");
        try
        {
            await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));
            await _owner.UntilShipment(order.ShipmentId, s => s.Status == Shipment.Processing);
            await system.Sandbox.AdvanceClock(TimeSpan.FromHours(49));

            (await _owner.UntilCompleted(order.ShipmentId)).Recipients.ShouldBe([new Recipient("Email", "", "Email_Failed")]);
        }
        finally
        {
            await system.Sandbox.Fault("authorization", "none");
        }
        (await system.Sandbox.Inbox(Official)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_told_about_a_resource_reads_its_title_in_their_language()
    {
        var resource = $"ttd-corr-{_organization}";
        await system.Sandbox.Resource(resource, nb: "Brev & vedtak", en: "Letters");
        foreach (var (language, title) in new[] { ("en", "Letters"), ("nb", "Brev & vedtak"), ("nn", "Brev & vedtak") })
        {
            var email = $"{language}.{_owner.Creator}@example.no";
            var number = $"{_organization:000000}{(int)language[0]:000}{(int)language[1] % 100:00}";
            await system.Sandbox.Person(number, "Ada Nordmann", email, language: language);
            var order = await _owner.Accept(Order.Person(number, "Email", subject: "$resourceName$").With("recipient.recipientPerson.resourceId", $"urn:altinn:resource:{resource}"));

            await _owner.UntilCompleted(order.ShipmentId);
            (await system.Sandbox.Inbox(email)).ShouldHaveSingleItem().Subject.ShouldBe(title);
        }
    }

    private async Task<AcceptedOrder> DueInAnHour(string body)
    {
        await system.Sandbox.Organization(Number, "Eksempel AS", [Official], users: new OrganizationUser(30_000_000 + _organization, Person, null, App));
        return await _owner.Accept(Order.Organization(Number, "Email", App, body).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));
    }
}
