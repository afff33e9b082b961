using Notifications.Local;
using Notifications.Tests.EndToEnd.Driving;

// A system waits more than it works: two of them are tested beside each other, those first that are tested for longest.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: TestCollectionOrderer("Notifications.Tests.EndToEnd.Systems.LongestFirst", "Notifications.Tests.EndToEnd")]

namespace Notifications.Tests.EndToEnd.Systems;

/// <summary>A whole system of real processes, and those who look at it from outside.</summary>
public abstract class RunningSystem(int workers, IReadOnlyDictionary<string, string>? settings = null) : IAsyncLifetime
{
    private static int _creators;

    public LocalSystem Local { get; private set; } = null!;

    public SandboxDriver Sandbox { get; private set; } = null!;

    public Ledger Ledger => new(Local.Postgres.ConnectionString);

    /// <summary>A service owner whom nobody else is: its feed and its ledger hold what the test itself did.</summary>
    public NotificationsDriver NewOwner() => Owner($"owner{Interlocked.Increment(ref _creators)}");

    public NotificationsDriver Owner(string creator) => new(Local.ApiUrl, Sandbox, creator);

    public async Task InitializeAsync()
    {
        Local = await LocalSystem.Start(new LocalSystemOptions { Workers = workers, Settings = settings ?? new Dictionary<string, string>(StringComparer.Ordinal) });
        Sandbox = new SandboxDriver(Local.SandboxUrl);
    }

    public async Task DisposeAsync()
    {
        KeepLogs();
        await Local.DisposeAsync();
    }

    /// <summary>Under the test program's folder, for whoever looks into a failure.</summary>
    private void KeepLogs()
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "logs", GetType().Name);
        Directory.CreateDirectory(kept);
        foreach (var log in Directory.EnumerateFiles(Path.GetDirectoryName(Local.Api.LogFile)!).Append(Local.Broker.LogFile).Append(Local.Postgres.LogFile))
            File.Copy(log, Path.Combine(kept, Path.GetFileName(Path.GetDirectoryName(log)) + "-" + Path.GetFileName(log)), overwrite: true);
    }
}

/// <summary>For tests that leave every process standing.</summary>
public sealed class SharedSystem() : RunningSystem(workers: 1);

[CollectionDefinition(Name)]
public sealed class SharedSystemTests : ICollectionFixture<SharedSystem>
{
    public const string Name = "A system that stands";
}

/// <summary>For tests of what a sandbox does not ask for.</summary>
public sealed class GuardedSystem() : RunningSystem(workers: 1, new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["Limits__RequestBytes"] = "20000",
    ["Limits__Creators__hasty__RequestsPerSecond"] = "1",
    ["Limits__Creators__frugal__OrdersPerDay"] = "3",
    ["Senders__MustBeVerified"] = "true",
    ["Webhooks__PublicOnly"] = "true",
    ["Monitor__ApiKey"] = "guarded",
    ["Sms__Protocol"] = "Common",
});

[CollectionDefinition(Name)]
public sealed class GuardedSystemTests : ICollectionFixture<GuardedSystem>
{
    public const string Name = "A system with limits";
}

/// <summary>For tests of an account that takes so much and no more.</summary>
public sealed class PacedSystem() : RunningSystem(workers: 1, new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["Sandbox__AcsLimits"] = "true",
    ["Email__MostPerMinute"] = "30",
    ["Email__MostPerHour"] = "100",
    ["Email__Creators__patient__MostPerMinute"] = "1",
});

/// <summary>For tests of what a second provider takes.</summary>
public sealed class TwoProviderSystem() : RunningSystem(workers: 1, Settings())
{
    private static Dictionary<string, string> Settings()
    {
        var port = $"{FreePort.Next()}";
        return new(StringComparer.Ordinal)
        {
            ["Sandbox__SmtpPort"] = port,
            ["Email__Smtp__Host"] = "localhost",
            ["Email__Smtp__Port"] = port,
            ["Email__Smtp__Security"] = "None",
            ["Sms__Second__Protocol"] = "Common",
            ["TestRecipients__Only"] = "true",
        };
    }
}

/// <summary>For tests that break processes, one after the other; each of them leaves the system whole.</summary>
public sealed class BreakableSystem() : RunningSystem(workers: 2)
{
    public HostProcess Worker => Local.Workers[0];

    /// <summary>Brings up whatever an earlier test left down, and takes down the workers that this one does not want.</summary>
    public async Task RunWorkers(int count)
    {
        if (Local.Postgres.Pid is null)
            await Local.Postgres.Restart();
        if (Local.Broker.Pid is null)
            await Local.Broker.Restart();
        foreach (var idle in Local.Workers.Skip(count))
            await idle.StopGracefully();

        HostProcess[] hosts = [Local.Sandbox, Local.Api, .. Local.Workers.Take(count)];
        foreach (var host in hosts)
            host.Start();
        await Task.WhenAll(hosts.Select(MakeReady));
    }

    /// <summary>A host that an earlier test left unwell failed that test, and is not to fail this one too.</summary>
    private static async Task MakeReady(HostProcess host)
    {
        if (await IsReady(host))
            return;
        await host.Kill();
        await Eventually.Until($"The start of {host.Name}", () =>
        {
            host.Start();
            return Task.FromResult(true);
        }, started => started);
        await host.WaitUntilReady();
    }

    private static async Task<bool> IsReady(HostProcess host)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await host.WaitUntilReady(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

[CollectionDefinition(Name)]
public sealed class BreakableSystemTests : ICollectionFixture<BreakableSystem>
{
    public const string Name = "A system that is broken and mended";
}
