using Notifications.Durability;
using Npgsql;

namespace Notifications.Tests.Bench;

/// <param name="Name">The repository that was measured.</param>
/// <param name="OrdersPerSecond">The median of the passes.</param>
/// <param name="OfInMemory">The median of each pass's share of what the in-memory repository reached just before: the machine's pace changes by the minute.</param>
public sealed record SagaBenchVariant(
    string Name,
    IReadOnlyList<double> Passes,
    double OrdersPerSecond,
    double OfInMemory,
    double CommitsPerOrderUnloaded,
    double StatementsPerOrderUnloaded,
    double CommitsPerOrderLoaded,
    double StatementsPerOrderLoaded);

public sealed record SagaBenchResult(int Orders, IReadOnlyList<SagaBenchVariant> Variants);

/// <summary>Our two engines against MassTransit's in-memory repository: passes of all three, interleaved, in one run.</summary>
public static class SagaBench
{
    const int Passes = 9;
    const int UnloadedOrders = 500;
    static readonly (SagaBenchCost Unloaded, SagaBenchCost Loaded) s_free = (new(0, 0), new(0, 0));

    public static async Task<SagaBenchResult> Run(string postgresConnectionString, string amqpUri, int orders, CancellationToken ct)
    {
        // What the others are compared with runs beside each of them: the machine's pace changes within a minute.
        (string Name, DurabilityEngine? Engine)[] variants =
            [("pessimistic", DurabilityEngine.Pessimistic), ("in memory", null), ("group commit", DurabilityEngine.GroupCommit)];
        var database = await CreateDatabase(postgresConnectionString, ct);
        await using var statistics = await SagaBenchStatistics.Open(database, ct);
        var run = $"b{Guid.NewGuid():N}"[..9];
        var rates = variants.ToDictionary(variant => variant.Name, _ => new List<double>(), StringComparer.Ordinal);
        var costs = new Dictionary<string, (SagaBenchCost Unloaded, SagaBenchCost Loaded)>(StringComparer.Ordinal);

        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var (name, engine) in variants)
            {
                await using var host = await SagaBenchHost.Start(engine, database, new Uri(amqpUri), $"{run}{pass}{name[0]}");
                await host.Load(Math.Min(1000, orders), ct);
                if (pass > 0 || engine is null)
                {
                    rates[name].Add(await host.Load(orders, ct));
                    continue;
                }

                var unloaded = await statistics.Measure(() => host.OneByOne(UnloadedOrders, ct), UnloadedOrders, ct);
                var loaded = await statistics.Measure(async () => rates[name].Add(await host.Load(orders, ct)), orders, ct);
                costs[name] = (unloaded, loaded);
            }
        }

        var inMemory = rates["in memory"];
        return new SagaBenchResult(orders, [.. variants.Select(variant => new SagaBenchVariant(
            variant.Name,
            rates[variant.Name],
            Median(rates[variant.Name]),
            Median([.. rates[variant.Name].Zip(inMemory, (ours, theirs) => ours / theirs)]),
            costs.GetValueOrDefault(variant.Name, s_free).Unloaded.Commits,
            costs.GetValueOrDefault(variant.Name, s_free).Unloaded.Statements,
            costs.GetValueOrDefault(variant.Name, s_free).Loaded.Commits,
            costs.GetValueOrDefault(variant.Name, s_free).Loaded.Statements))]);
    }

    static async Task<string> CreateDatabase(string connectionString, CancellationToken ct)
    {
        var name = $"saga_bench_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
