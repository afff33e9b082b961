using System.Net;
using Notifications.Local;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>What the hosts do, and what they say, while something they need is away, and when it is away as they start.</summary>
[Collection(BreakableSystemTests.Name)]
public sealed class OutageTests(BreakableSystem system)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string To => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Order_is_accepted_while_the_broker_is_down_and_delivered_after_it_returns()
    {
        await system.RunWorkers(1);
        await system.Local.Broker.Kill();
        await UntilHealth(system.Local.Api, HttpStatusCode.OK, "Degraded");
        await UntilHealth(system.Worker, HttpStatusCode.ServiceUnavailable, "Unhealthy");

        var answer = await _owner.Post(Order.Email(To));
        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.Shipment(answer.Accepted().ShipmentId)).Status.ShouldBe(Shipment.Registered);

        await system.Local.Broker.Restart();
        await _owner.UntilCompleted(answer.Accepted().ShipmentId, Patience);
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(1);
        await UntilHealth(system.Local.Api, HttpStatusCode.OK, "Healthy");
        await UntilHealth(system.Worker, HttpStatusCode.OK, "Healthy");
    }

    [Fact]
    public async Task Order_is_cancelled_while_the_broker_is_down_and_stays_so_when_its_data_is_lost()
    {
        await system.RunWorkers(1);
        var order = await _owner.Accept(Order.Email(To).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)).RemindedAfterDays(1, Order.EmailRecipient(To)));
        await system.Local.Broker.Kill();

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Local.Broker.WipeData();
        await UntilHealth(system.Worker, HttpStatusCode.OK, "Healthy");
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(2));
        var other = await _owner.OrderEmail($"other.{To}");
        await _owner.UntilCompleted(other.ShipmentId, Patience);
        (await _owner.WholeFeed()).Count(e => e.Status == Shipment.Cancelled).ShouldBe(2);
        (await system.Sandbox.Inbox(To)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hosts_that_start_without_the_broker_say_so_in_one_line_and_work_when_it_comes()
    {
        await system.RunWorkers(1);
        await StopHosts();
        await system.Local.Broker.Kill();
        var (api, worker) = StartHosts();

        await UntilHealth(system.Local.Api, HttpStatusCode.OK, "Degraded");
        await UntilHealth(system.Worker, HttpStatusCode.ServiceUnavailable, "Unhealthy");
        var broker = $"at 127.0.0.1:{system.Local.Broker.Port} (";
        await Eventually.Until("The line in the api's log", () => Task.FromResult(api.LinesWith(broker)), lines => lines.Count == 1);
        await Eventually.Until("The line in the worker's log", () => Task.FromResult(worker.LinesWith(broker)), lines => lines.Count == 1);

        var order = await _owner.OrderEmail(To);
        await system.Local.Broker.Restart();
        await _owner.UntilCompleted(order.ShipmentId, Patience);
        await StoodAllTheTime(api, worker, mentionedOnce: broker);
    }

    [Fact]
    public async Task Hosts_that_start_without_the_database_say_so_in_one_line_and_work_when_it_comes()
    {
        await system.RunWorkers(1);
        await StopHosts();
        await system.Local.Postgres.Stop();
        var (api, worker) = StartHosts();

        await UntilHealth(system.Local.Api, HttpStatusCode.ServiceUnavailable, "Unhealthy");
        await UntilHealth(system.Worker, HttpStatusCode.ServiceUnavailable, "Unhealthy");
        (await _owner.Post(Order.Email(To))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var database = $"at 127.0.0.1:{system.Local.Postgres.Port} (";
        await Eventually.Until("The line in the api's log", () => Task.FromResult(api.LinesWith(database)), lines => lines.Count == 1);
        await Eventually.Until("The line in the worker's log", () => Task.FromResult(worker.LinesWith(database)), lines => lines.Count == 1);

        await system.Local.Postgres.Restart();
        await UntilHealth(system.Local.Api, HttpStatusCode.OK, "Healthy");
        await _owner.UntilCompleted((await _owner.OrderEmail(To)).ShipmentId, Patience);
        await StoodAllTheTime(api, worker, mentionedOnce: database);
    }

    private async Task StopHosts()
    {
        await system.Local.Api.StopGracefully();
        await system.Worker.StopGracefully();
    }

    private (HostLog Api, HostLog Worker) StartHosts()
    {
        var logs = (HostLog.FromNow(system.Local.Api), HostLog.FromNow(system.Worker));
        system.Local.Api.Start();
        system.Worker.Start();
        return logs;
    }

    private async Task StoodAllTheTime(HostLog api, HostLog worker, string mentionedOnce)
    {
        await UntilHealth(system.Local.Api, HttpStatusCode.OK, "Healthy");
        await UntilHealth(system.Worker, HttpStatusCode.OK, "Healthy");
        api.Starts.ShouldBe(1);
        worker.Starts.ShouldBe(1);
        api.LinesWith(mentionedOnce).Count.ShouldBe(1);
        worker.LinesWith(mentionedOnce).Count.ShouldBe(1);
    }

    private static async Task UntilHealth(HostProcess host, HttpStatusCode code, string status) =>
        await Eventually.Until($"{host.Name} {status}", () => NotificationsDriver.HealthOf(host.Address), health => (health.Code, health.Status) == (code, status), Patience);
}
