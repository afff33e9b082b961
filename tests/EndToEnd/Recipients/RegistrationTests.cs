using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Recipients;

/// <summary>What an order is told about its recipients when it is registered.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class RegistrationTests(SharedSystem system)
{
    private static int _numbers;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _number = Interlocked.Increment(ref _numbers);

    private string Person => $"{_number:00000}712345";

    private string Organization => $"9200{_number:00000}";

    private string Email => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Unknown_person_is_missing() => await ShouldBeMissing(Order.Person(Person, "EmailPreferred"));

    [Fact]
    public async Task Person_without_an_address_that_the_order_could_use_is_missing()
    {
        await system.Sandbox.Person(Person, "Ada Nordmann", Email);

        await ShouldBeMissing(Order.Person(Person, "Sms"));
    }

    [Fact]
    public async Task Unknown_organization_is_missing() => await ShouldBeMissing(Order.Organization(Organization, "Email", "app_ttd_app-name"));

    [Fact]
    public async Task Unknown_user_name_is_missing() => await ShouldBeMissing(Order.ExternalIdentity($"urn:altinn:username:{_owner.Creator}", "Email"));

    [Fact]
    public async Task Organization_with_people_only_is_missing_when_no_resource_is_named()
    {
        await system.Sandbox.Organization(Organization, "Eksempel AS", users: new OrganizationUser(_number, Email, null, "app_ttd_app-name"));

        await ShouldBeMissing(Order.Organization(Organization, "Email"));
    }

    [Fact]
    public async Task One_reminder_that_reaches_nobody_refuses_the_whole_order()
    {
        await system.Sandbox.Person(Person, "Ada Nordmann", Email);

        await ShouldBeMissing(Order.Person(Person, "Email").RemindedAfterDays(7, Order.OrganizationRecipient(Organization, "Email")));
        await ShouldBeMissing(Order.Email(Email).RemindedAfterDays(7, Order.PersonRecipient($"{_number:00000}612345", "Email")));
    }

    [Fact]
    public async Task Reserved_person_is_not_missing()
    {
        await system.Sandbox.Person(Person, "Ola Nordmann", isReserved: true);

        (await _owner.Post(Order.Person(Person, "Email"))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Reserved_person_who_is_to_be_told_all_the_same_needs_an_address()
    {
        await system.Sandbox.Person(Person, "Ola Nordmann", isReserved: true);

        await ShouldBeMissing(Order.Person(Person, "Email").With("recipient.recipientPerson.ignoreReservation", true));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("throttle")]
    [InlineData("garbage")]
    [InlineData("reset-before")]
    [InlineData("hang")]
    public async Task Order_is_answered_that_it_may_come_again_while_Profile_is_away(string mode)
    {
        await system.Sandbox.Person(Person, "Ada Nordmann", Email);
        var order = Order.Person(Person, "Email");
        await system.Sandbox.Fault("profile", mode);
        try
        {
            var answer = await _owner.Post(order);
            (answer.Status, answer.Code).ShouldBe((HttpStatusCode.ServiceUnavailable, "NOT-00004"));
            answer.RetryAfter.ShouldNotBeNull();
        }
        finally
        {
            await system.Sandbox.Fault("profile", "none");
        }

        var accepted = await Eventually.Until("The order", () => _owner.Post(order), answer => answer.Status == HttpStatusCode.Created);
        (await _owner.UntilCompleted(accepted.Accepted().ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await system.Sandbox.Inbox(Email)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Order_to_an_address_and_an_order_that_is_repeated_need_nobody_to_be_looked_up()
    {
        await system.Sandbox.Person(Person, "Ada Nordmann", Email);
        var order = Order.Person(Person, "Email");
        (await _owner.Post(order)).Status.ShouldBe(HttpStatusCode.Created);
        await system.Sandbox.Fault("profile", "500");
        try
        {
            (await _owner.Post(Order.Email(Email))).Status.ShouldBe(HttpStatusCode.Created);
            (await _owner.Post(order)).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await system.Sandbox.Fault("profile", "none");
        }
    }

    /// <summary>Nothing of the order is kept, so that it is taken under the same id once its recipient can be reached.</summary>
    private async Task ShouldBeMissing(JsonObject order)
    {
        var answer = await _owner.Post(order);

        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "NOT-00001"));
        (await _owner.Post(Order.Email(Email).Known(order["idempotencyId"]!.GetValue<string>()))).Status.ShouldBe(HttpStatusCode.Created);
    }
}
