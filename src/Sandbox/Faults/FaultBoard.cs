using System.Collections.Concurrent;

namespace Notifications.Sandbox.Faults;

/// <summary>What is wrong with which neighbour at the moment.</summary>
internal sealed class FaultBoard
{
    public static readonly string[] Targets = ["acs", "smtp", "link", "link-xml", "profile", "register", "authorization", "resourceregistry", "storage", "blobs", "condition"];
    public static readonly string[] Modes = ["401", "403", "500", "503", "hang", "slow", "huge", "reset-before", "reset-after", "throttle", "garbage", "none"];

    private readonly ConcurrentDictionary<string, Fault> faults = new(StringComparer.Ordinal);

    public IEnumerable<Fault> Current => faults.Values.Where(fault => !fault.IsSpent).OrderBy(fault => fault.Target, StringComparer.Ordinal);

    public void Set(Fault fault)
    {
        faults.TryGetValue(fault.Target, out var previous);
        if (fault.IsNone)
            faults.TryRemove(fault.Target, out _);
        else
            faults[fault.Target] = fault;
        previous?.SwitchOff();
    }

    public Fault? For(string target) => faults.GetValueOrDefault(target);

    public TimeSpan ReportDelay(string target) => TimeSpan.FromMilliseconds(For(target)?.ReportDelayMs ?? 0);
}

/// <summary>
/// One setting of <see cref="FaultBoard"/>; <see cref="Count"/> is how many more calls it hits, without end when null, and <see cref="About"/> what a
/// call must name in its path or body to be hit, anything when null.
/// </summary>
internal sealed class Fault(string target, string mode, int? count, string? about, int latencyMs, int reportDelayMs)
{
    private readonly TaskCompletionSource off = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int remaining = count ?? -1;

    public string Target => target;

    public string Mode => mode;

    public int? Count => count is null ? null : Math.Max(Volatile.Read(ref remaining), 0);

    public string? About => about;

    public int LatencyMs => latencyMs;

    public int ReportDelayMs => reportDelayMs;

    internal bool IsNone => mode == "none" && latencyMs == 0 && reportDelayMs == 0;

    internal bool IsSpent => Count == 0 && reportDelayMs == 0;

    internal Task WhenOff => off.Task;

    internal void SwitchOff() => off.TrySetResult();

    /// <summary>Whether this call is hit; uses up one of the count.</summary>
    internal bool Hits() => count is null || Interlocked.Decrement(ref remaining) >= 0;
}
