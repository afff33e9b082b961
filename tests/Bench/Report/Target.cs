using System.Globalization;

namespace Notifications.Tests.Bench.Report;

/// <summary>The bound a measured value is held against.</summary>
internal sealed record Target(double Bound, bool AtLeast, bool Strict = false)
{
    public static Target Min(double bound) => new(bound, AtLeast: true);

    public static Target Max(double bound) => new(bound, AtLeast: false);

    public static Target Below(double bound) => new(bound, AtLeast: false, Strict: true);

    public bool IsMetBy(double value) => AtLeast ? value >= Bound : Strict ? value < Bound : value <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? "≥" : Strict ? "<" : "≤")} {Bound:#,0.###}");
}
