using Notifications.Durability;

namespace Notifications.Store;

/// <summary>
/// A step of an instance that a rule is about, and what became of it. Its key makes it one order, however many events tell of it and however
/// many hosts hear them.
/// </summary>
public sealed record RuleStep
{
    /// <summary>The constraint that a second order for the same step runs into.</summary>
    public const string Key = "rule_steps_pkey";

    public required string Creator { get; init; }
    public required string RuleId { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>As <c>movedTo.Task_2@2026-11-21T11:05:00.0000000Z</c>.</summary>
    public required string Step { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? OrderId { get; init; }

    /// <summary>Why there is no order.</summary>
    public string? Refusal { get; init; }

    public Statement Insert() => new(
        "INSERT INTO rule_steps (creator, rule_id, instance_id, step, at, order_id, refusal) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        Creator, RuleId, InstanceId, Step, At, OrderId, Refusal);
}
