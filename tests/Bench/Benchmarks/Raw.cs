using Notifications.Tests.Bench.Meters;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>The machine's own limits, with the rest of the system at rest; everything else is compared with them.</summary>
internal sealed class Raw(int seconds) : IBenchmark
{
    public string Name => "raw";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        await using var commits = new PgBench(run.System.Postgres.ConnectionString, run.Database);
        await commits.Prepare(cancellationToken);
        var inserts = await commits.Inserts(seconds, cancellationToken);
        run.Add(new Measurement(Name, "commits of one 600-byte INSERT", inserts, "1/s") { Conditions = "pgbench, prepared, 16 clients" });
        var updates = await commits.Updates(seconds, cancellationToken);
        run.Add(new Measurement(Name, "commits of one UPDATE", updates, "1/s") { Conditions = "pgbench, prepared, 16 clients" });
        var messages = await new RawBroker(run.System.Broker.Uri).PublishAndConsume(TimeSpan.FromSeconds(seconds), cancellationToken);
        run.Add(new Measurement(Name, "messages published and consumed", messages, "1/s") { Conditions = "durable classic queue, 800 B persistent, confirm window 128" });
        run.Limits = new RawLimits(inserts, updates, messages);
    }
}
