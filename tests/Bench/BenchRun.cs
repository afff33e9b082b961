using System.Globalization;
using Notifications.Local;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Meters;
using Notifications.Tests.Bench.Report;
using Npgsql;

namespace Notifications.Tests.Bench;

/// <summary>One run of some benchmarks against one system of its own, and what they measured.</summary>
internal sealed class BenchRun : IAsyncDisposable
{
    private readonly List<Measurement> _results = [];
    private readonly List<StatementProfile> _profiles = [];
    private BenchRun? _besideMillion;

    private BenchRun(LocalSystem system)
    {
        System = system;
        Database = NpgsqlDataSource.Create($"{system.Postgres.ConnectionString};Maximum Pool Size=8;Command Timeout=600;Max Auto Prepare=20;No Reset On Close=true");
        Load = new HttpLoad(system.ApiUrl, system.SandboxUrl);
        Meter = new DatabaseMeter(Database);
        Completions = new Completions(Database);
    }

    public LocalSystem System { get; }

    public NpgsqlDataSource Database { get; }

    public HttpLoad Load { get; }

    public DatabaseMeter Meter { get; }

    public Completions Completions { get; }

    /// <summary>How far the system's clock has been moved ahead of the machine's.</summary>
    public TimeSpan ClockOffset { get; private set; }

    public RawLimits Limits { get; set; } = RawLimits.Unknown;

    public IReadOnlyList<Measurement> Results => _results;

    public IReadOnlyList<StatementProfile> Profiles => _profiles;

    /// <summary>The processes whose use of the machine is of interest.</summary>
    public IEnumerable<MeteredProcess> Processes =>
    [
        new("api", System.Api.Pid!.Value, WithChildren: false),
        new("worker", System.Workers[0].Pid!.Value, WithChildren: false),
        new("sandbox", System.Sandbox.Pid!.Value, WithChildren: false),
        new("postgres", System.Postgres.Pid!.Value, WithChildren: true),
        new("rabbitmq", System.Broker.Pid!.Value, WithChildren: true),
        new("load", Environment.ProcessId, WithChildren: false),
    ];

    public static async Task<BenchRun> Start(CancellationToken cancellationToken)
    {
        Say("starting a system of its own");
        var run = new BenchRun(await LocalSystem.Start(new LocalSystemOptions { Workers = 1 }, cancellationToken));
        await run.Load.RenewToken(cancellationToken);
        await run.Meter.Prepare(cancellationToken);
        return run;
    }

    public static void Say(string what) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss} {what}"));

    public void Add(Measurement measurement)
    {
        _results.Add(measurement);
        var verdict = measurement.IsMet is { } met ? met ? " met" : " MISSED" : "";
        Say($"  {measurement.Benchmark}: {measurement.What} = {ResultTable.Number(measurement.Value)} {measurement.Unit}{verdict}");
    }

    /// <summary>Delivered messages are cleared away in bulk up to a second later; what is measured next must not pay for that.</summary>
    public async Task Settle(CancellationToken cancellationToken)
    {
        await using var waiting = Database.CreateCommand("SELECT EXISTS (SELECT FROM outbox_message) /* of the benchmark */");
        for (var look = 0; look < 100 && await waiting.ExecuteScalarAsync(cancellationToken) is true; look++)
            await Task.Delay(100, cancellationToken);
    }

    public async Task AdvanceClock(TimeSpan by, CancellationToken cancellationToken)
    {
        await Load.AdvanceClock(by, cancellationToken);
        ClockOffset += by;
        await Load.RenewToken(cancellationToken);
    }

    /// <summary>A system of its own in which a million orders wait, and nothing else was done; the same one each time.</summary>
    public async Task<BenchRun> BesideMillion(CancellationToken cancellationToken)
    {
        if (_besideMillion is null)
        {
            _besideMillion = await Start(cancellationToken);
            await new WaitingOrders(_besideMillion).Load(cancellationToken);
        }
        return _besideMillion;
    }

    public void Add(StatementProfile profile) => _profiles.Add(profile);

    public async ValueTask DisposeAsync()
    {
        if (_besideMillion is not null)
            await _besideMillion.DisposeAsync();
        Load.Dispose();
        await Database.DisposeAsync();
        await System.DisposeAsync();
    }
}
