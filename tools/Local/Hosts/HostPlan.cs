namespace Notifications.Local;

/// <summary>One process to run: which project, where it listens, and what it is told.</summary>
internal sealed record HostPlan(string Name, string Project, Uri Address, string HealthPath, IReadOnlyDictionary<string, string> Settings)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether it gives way to the others when the machine is busy.</summary>
    public bool GivesWay { get; init; }
}
