using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Store;

/// <summary>What must hold of an instance of an Altinn app. A deleted instance fulfils none of them.</summary>
public enum InstancePredicate
{
    /// <summary>Its process has not ended.</summary>
    NotSubmitted,

    /// <summary>Its process has ended.</summary>
    Submitted,

    /// <summary>It stands in the task, and has stood there without a break since the order was made.</summary>
    StillInTask,

    /// <summary>As <see cref="StillInTask"/>, for at least as long as the condition says.</summary>
    StuckInTask,

    /// <summary>Nobody has opened it; only what its owner made begins unread.</summary>
    Unread,

    /// <summary>It is unread, or has been changed by its owner since it was read.</summary>
    UnreadChanges,

    /// <summary>One of its documents of a type is unread.</summary>
    DocumentUnread,

    NotArchivedOrDeleted,

    /// <summary>The app's owner has not confirmed that it has fetched it.</summary>
    NotConfirmed,

    /// <summary>It has this substatus, by its label.</summary>
    SubstatusIs,

    /// <summary>It has another substatus, or none.</summary>
    SubstatusIsNot,
}

/// <summary>A condition on an app instance, as it is kept with a shipment.</summary>
public sealed record InstanceCondition
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>As <c>ttd/app-name</c>.</summary>
    public required string App { get; init; }

    /// <summary>The owner's party id, a slash, and the instance's GUID.</summary>
    public required string InstanceId { get; init; }
    public required InstancePredicate Predicate { get; init; }
    public string? Task { get; init; }

    /// <summary>When the stay in the task began that is meant; null for any.</summary>
    public DateTimeOffset? Since { get; init; }
    public TimeSpan? OlderThan { get; init; }
    public string? DataType { get; init; }
    public string? Label { get; init; }

    [JsonIgnore]
    public string Org => App[..App.IndexOf('/', StringComparison.Ordinal)];

    public static string? ToJson(IReadOnlyCollection<InstanceCondition> conditions) => conditions.Count == 0 ? null : JsonSerializer.Serialize(conditions, Json);

    public static IReadOnlyList<InstanceCondition> FromJson(string? conditions) => conditions is null ? [] : JsonSerializer.Deserialize<InstanceCondition[]>(conditions, Json)!;
}
