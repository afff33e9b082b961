using MassTransit;

namespace Notifications.Tests.DurabilityContract;

public enum Colour
{
    Brown,
    White,
}

public sealed class Parcel : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }
    public string CurrentState { get; set; } = "";
    public string? Label { get; set; }
    public int Weight { get; set; }
    public int Fired { get; set; }
    public Guid? WaitToken { get; set; }
    public Colour Colour { get; set; }
    public Colour? Lining { get; set; }
    public long Serial { get; set; }
    public bool Fragile { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string Details { get; set; } = "{}";
    public string[]? Tags { get; set; }
}

/// <summary>The same without an array column, which is written in another way.</summary>
public sealed class Letter : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }
    public string CurrentState { get; set; } = "";
    public int Weight { get; set; }
}
