using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Webhooks;

[Collection(BreakableSystemTests.Name)]
public sealed class WebhookCrashTests(BreakableSystem system)
{
    private const int Orders = 40;

    private readonly NotificationsDriver _owner = system.NewOwner();

    private Receiver Receiver => system.Sandbox.Receiver(_owner.Creator);

    [Fact]
    public async Task Two_workers_tell_everything_once_and_a_crash_tells_one_event_again()
    {
        await system.RunWorkers(2);
        await _owner.Ask(HttpMethod.Post, "webhooks", new JsonObject { ["endpoint"] = Receiver.Address.AbsoluteUri });
        await Task.WhenAll(Enumerable.Range(0, Orders).Select(i => _owner.OrderEmail($"{_owner.Creator}.{i}@example.no")));
        var told = await Receiver.UntilEvents(Orders);
        told.Select(e => e.SequenceNumber).ShouldBe((await _owner.WholeFeed()).Select(e => e.SequenceNumber));

        await Receiver.Behave(answers: ["timeout", "200"]);
        await _owner.OrderEmail($"{_owner.Creator}@example.no");
        var cut = (await Receiver.UntilEvents(Orders + 1))[^1];
        foreach (var worker in system.Local.Workers)
            await worker.Kill();
        await system.RunWorkers(2);
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(3));

        var again = (await Receiver.UntilEvents(Orders + 2))[^1];
        (again.Id, again.ShipmentId, again.IsTaken).ShouldBe((cut.Id, cut.ShipmentId, true));
    }
}
