namespace Notifications.Tests.Bench.Meters;

internal sealed record MeteredProcess(string Name, int Pid, bool WithChildren)
{
    public double CpuSeconds() => ProcessTimes.CpuSeconds(Pid, WithChildren);
}
