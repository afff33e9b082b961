namespace Notifications.Tests.Bench.Report;

/// <summary>One measured value.</summary>
/// <param name="Benchmark">The name by which the benchmark is chosen.</param>
/// <param name="Limit">The raw limit of this machine, measured in the same run, that the value is compared with.</param>
internal sealed record Measurement(string Benchmark, string What, double Value, string Unit)
{
    public Target? Target { get; init; }

    public RawLimit? Limit { get; init; }

    public string? Conditions { get; init; }

    public bool? IsMet => Target?.IsMetBy(Value);

    public double? Ratio => Limit is { Value: > 0 } ? Value / Limit.Value : null;
}

internal sealed record RawLimit(string What, double Value);
