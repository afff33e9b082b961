using System.Globalization;
using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.V1;

/// <summary>What the app library sends, byte for byte but for the time, which it fills in with its own.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ClientBodyTests(SharedSystem system)
{
    private readonly V1Driver _owner = system.NewOwner().V1;

    [Fact]
    public async Task Email_of_the_app_library_is_accepted_and_arrives()
    {
        var answer = await _owner.PostText("orders/email",
            $$"""{"subject":"Bekreftelse","body":"Skjema er mottatt. Hilsen Testdepartementet","sendersReference":"ttd-1234","recipients":[{"emailAddress":"app-{{_owner.Creator}}@example.com"}],"contentType":"Plain","requestedSendTime":"{{await ClientTime()}}"}""");

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        Guid.TryParse(answer.Body.GetProperty("orderId").GetString(), out _).ShouldBeTrue();
        var message = (await system.Sandbox.UntilInbox($"app-{_owner.Creator}@example.com")).ShouldHaveSingleItem();
        (message.Subject, message.Body).ShouldBe(("Bekreftelse", "Skjema er mottatt. Hilsen Testdepartementet"));
    }

    [Fact]
    public async Task Sms_of_the_app_library_is_accepted_and_arrives()
    {
        await system.Sandbox.BeDaytime();
        var answer = await _owner.PostText("orders/sms",
            $$"""{"senderNumber":"Altinn","body":"Skjema er mottatt","requestedSendTime":"{{await ClientTime()}}","sendersReference":"ttd-1234","recipients":[{"mobileNumber":"\u002B4798100001","organisationNumber":null,"nationalIdentityNumber":null}]}""");

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        var message = (await system.Sandbox.UntilInbox("+4798100001")).ShouldHaveSingleItem();
        (message.From, message.Body).ShouldBe(("Altinn", "Skjema er mottatt"));
    }

    [Fact]
    public async Task Organization_number_is_understood_as_the_app_library_spells_it()
    {
        var answer = await _owner.PostText("orders/sms",
            """{"senderNumber":"Altinn","body":"Skjema er mottatt","recipients":[{"mobileNumber":null,"organisationNumber":"910150804","nationalIdentityNumber":null}]}""");

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        var order = await _owner.Get($"orders/{answer.Body.GetProperty("orderId").GetGuid()}");
        order.Body.GetProperty("recipients")[0].GetProperty("organizationNumber").GetString().ShouldBe("910150804");
    }

    /// <summary>A little behind, as a request is by the time it arrives.</summary>
    private async Task<string> ClientTime() =>
        (await system.Sandbox.Now()).AddMinutes(-1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
