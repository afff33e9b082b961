using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>
/// Every row of the tables of faults of mail servers and of LINK's Common interface, through the real worker and the stand-ins' wire. They are the second
/// providers, and take everything as long as the first ones do not know us.
/// </summary>
[Collection(TwoProvidersTests.Name)]
public sealed class SecondProviderFaultTests(SecondProviderFaultTests.Sent sent) : IClassFixture<SecondProviderFaultTests.Sent>
{
    private static readonly FaultyProvider[] Providers =
    [
        new("Mail servers", IsEmail: true, Delivered: "Delivered", OnItsWay: "Expanded", Instead: "Deferred: 401 Unauthorized"),
        new("LINK Mobility, Common interface", IsEmail: false, Delivered: "1001", OnItsWay: "1000", Instead: "Deferred: LOGON FAIL"),
    ];

    public static TheoryData<string, string> Faults => FaultRun.Names(Providers);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_means_what_its_row_says(string provider, string fault) => sent.WasWeathered(provider, fault);

    public sealed class Sent(TwoProviderSystem system) : FaultRun(system, Providers)
    {
        protected override Task Break() => FirstProviders("401");

        protected override Task Mend() => FirstProviders("none");

        /// <summary>All others are not sent to.</summary>
        private protected override async Task Prepare(MappedOrder order)
        {
            var listed = new JsonArray([.. order.Recipients.Select(r => JsonValue.Create(r))]);
            var list = order.Recipients.First().Contains('@', StringComparison.Ordinal) ? "emailAddresses" : "phoneNumbers";
            (await order.Owner.Ask(HttpMethod.Put, "testrecipients", new JsonObject { [list] = listed })).Status.ShouldBe(HttpStatusCode.OK);
        }

        private Task FirstProviders(string mode) => Task.WhenAll(System.Sandbox.Fault("acs", mode), System.Sandbox.Fault("link-xml", mode));
    }
}
