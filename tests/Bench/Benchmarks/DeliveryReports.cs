using System.Text;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Meters;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Delivery reports in through the webhook, for messages that the provider has taken and not yet reported on.</summary>
internal sealed class DeliveryReports : IBenchmark
{
    private const int Clients = 32;
    private const int Single = 6000;
    private const int Batched = 10000;
    private const int BatchSize = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "reports";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var ids = await HandedOff(run, Single + Batched, cancellationToken);
        var mark = await run.Completions.Mark(cancellationToken);
        await Send(run, "one per request", ids.Take(Single).Chunk(1), cancellationToken);
        await run.Completions.Wait(mark, Single, Patience, cancellationToken);
        await Send(run, $"{BatchSize} per request", ids.Skip(Single).Chunk(BatchSize), cancellationToken);
        var completed = await run.Completions.Wait(mark, ids.Count, Patience, cancellationToken);
        run.Add(new Measurement(Name, "reported but not completed", ids.Count - completed, "orders") { Target = Target.Max(0) });
    }

    private async Task Send(BenchRun run, string how, IEnumerable<Guid[]> batches, CancellationToken cancellationToken)
    {
        var requests = batches.Select(ids => (ids.Length, Body: Body(ids))).ToArray();
        await run.Settle(cancellationToken);
        await run.Meter.Reset(cancellationToken);
        var cost = await Cost.Begin(run, cancellationToken);
        var next = -1;
        var load = await ClosedLoop.Times(
            requests.Length, Clients, ct => run.Load.Reports(requests[Interlocked.Increment(ref next)].Body, ct), cancellationToken);
        var reports = requests.Sum(r => r.Length);
        run.Add(new Measurement(Name, $"reports, {how}", reports / load.Elapsed.TotalSeconds, "reports/s")
        {
            Target = Target.Min(2000),
            Limit = run.Limits.Update,
            Conditions = $"{reports} reports, {Clients} clients, Event Grid schema, applied before the answer, {load.Failed} refused",
        });
        run.Add(new Measurement(Name, $"reports, {how}, p99", load.Latencies.Percentile(99), "ms"));
        await cost.Add(run, Name, how, reports, "report", cancellationToken);
    }

    private static async Task<IReadOnlyList<Guid>> HandedOff(BenchRun run, int count, CancellationToken cancellationToken)
    {
        BenchRun.Say($"reports: handing off {count} messages that nobody reports on");
        var known = (await Open(run, cancellationToken)).ToHashSet();
        var load = await ClosedLoop.Times(
            count, 16, ct => run.Load.Order(OrderBodies.ToAddress($"no-report+{Guid.NewGuid():N}@simulator.test"), ct), cancellationToken);
        if (load.Failed > 0)
            throw new InvalidOperationException($"{load.Failed} orders were refused; see {run.System.Api.LogFile}");

        for (var look = 0; look < 600; look++)
        {
            var open = (await Open(run, cancellationToken)).Where(id => !known.Contains(id)).ToArray();
            if (open.Length >= count)
                return open;
            // A look at all open messages costs what is being waited for; it is not taken more often than this.
            await Task.Delay(500, cancellationToken);
        }
        throw new InvalidOperationException($"Not all of {count} messages were handed off; see {run.System.Workers[0].LogFile}");
    }

    /// <summary>Accepted by the provider, as the attempt ledger has it, and not reported on.</summary>
    private static async Task<List<Guid>> Open(BenchRun run, CancellationToken cancellationToken)
    {
        await using var command = run.Database.CreateCommand(
            "SELECT n.id FROM notifications n JOIN attempts a ON a.notification_id = n.id WHERE n.state = 'Sending' AND a.outcome = 'Accepted' /* of the benchmark */");
        var ids = new List<Guid>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            ids.Add(row.GetGuid(0));
        return ids;
    }

    private static byte[] Body(IEnumerable<Guid> ids)
    {
        var now = DateTimeOffset.UtcNow.ToString("O");
        return Encoding.UTF8.GetBytes($"[{string.Join(',', ids.Select(id => $$"""
            {"id":"{{Guid.NewGuid()}}","topic":"/subscriptions/0/bench","subject":"sender/noreply@altinn.cloud/message/{{id}}","data":{"sender":"noreply@altinn.cloud","recipient":"no-report@simulator.test","messageId":"{{id}}","status":"Delivered","deliveryStatusDetails":{"statusMessage":"","recipientMailServerHostName":""},"deliveryAttemptTimeStamp":"{{now}}"},"eventType":"Microsoft.Communication.EmailDeliveryReportReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"{{now}}"}
            """))}]");
    }
}
