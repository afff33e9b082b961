using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Every row of the tables of faults of Azure and of LINK's XML interface, through the real worker and the stand-ins' wire.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class FirstProviderFaultTests(FirstProviderFaultTests.Sent sent) : IClassFixture<FirstProviderFaultTests.Sent>
{
    private static readonly FaultyProvider[] Providers =
    [
        new("Azure Communication Services", IsEmail: true, Delivered: "Delivered", OnItsWay: "Expanded"),
        new("LINK Mobility, PSWin XML", IsEmail: false, Delivered: "DELIVRD", OnItsWay: "ACCEPTD"),
    ];

    public static TheoryData<string, string> Faults => FaultRun.Names(Providers);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_means_what_its_row_says(string provider, string fault) => sent.WasWeathered(provider, fault);

    public sealed class Sent(SharedSystem system) : FaultRun(system, Providers);
}
