using System.Globalization;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Our saga repository, with inbox and outbox, against MassTransit's in-memory one, in a database beside the system's.</summary>
internal sealed class Saga : IBenchmark
{
    private const int Orders = 3000;

    public string Name => "saga";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var result = await SagaBench.Run(run.System.Postgres.ConnectionString, run.System.Broker.Uri.AbsoluteUri, Orders, cancellationToken);
        foreach (var variant in result.Variants)
        {
            var ours = variant.CommitsPerOrderUnloaded > 0;
            run.Add(new Measurement(Name, variant.Name, variant.OrdersPerSecond, "orders/s")
            {
                Limit = run.Limits.Insert,
                Conditions = $"passes {string.Join(' ', variant.Passes.Select(p => p.ToString("0", CultureInfo.InvariantCulture)))} of {result.Orders} orders",
            });
            if (!ours)
                continue;
            run.Add(new Measurement(Name, $"{variant.Name}, of in-memory", variant.OfInMemory, "ratio") { Target = Default(variant, Target.Min(0.7)) });
            run.Add(new Measurement(Name, $"{variant.Name}, commits unloaded", Math.Round(variant.CommitsPerOrderUnloaded, 1), "per order")
            {
                Target = Target.Max(4),
                Conditions = "writing transactions, to a tenth: the cleaner adds a few at the end of the run",
            });
            run.Add(new Measurement(Name, $"{variant.Name}, statements unloaded", variant.StatementsPerOrderUnloaded, "per order") { Target = Target.Max(16) });
            run.Add(new Measurement(Name, $"{variant.Name}, commits under load", variant.CommitsPerOrderLoaded, "per order") { Target = Default(variant, Target.Below(1)) });
            run.Add(new Measurement(Name, $"{variant.Name}, statements under load", variant.StatementsPerOrderLoaded, "per order"));
        }
    }

    /// <summary>Group commit is the engine that must be fast; the pessimistic one is the simple reference.</summary>
    private static Target? Default(SagaBenchVariant variant, Target target) =>
        variant.Name.Contains("group", StringComparison.OrdinalIgnoreCase) ? target : null;
}
