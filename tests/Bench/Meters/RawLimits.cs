using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Meters;

/// <summary>What this machine can do at most, measured in the same run.</summary>
internal sealed record RawLimits(double Inserts, double Updates, double Messages)
{
    public static RawLimits Unknown { get; } = new(0, 0, 0);

    public RawLimit Insert => new("inserts/s", Inserts);

    public RawLimit Update => new("updates/s", Updates);

    public RawLimit Message => new("messages/s", Messages);
}
