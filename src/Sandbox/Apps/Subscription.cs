using System.Text.Json.Serialization;

namespace Notifications.Sandbox.Apps;

/// <summary>A subscription at Altinn Events, as it answers it.</summary>
internal sealed record Subscription(
    long Id, string EndPoint, string Consumer, DateTimeOffset Created, string? ResourceFilter = null, string? TypeFilter = null, string? SubjectFilter = null, bool Validated = false)
{
    [JsonIgnore]
    public (string, string, string?, string?, string?) Identity => (EndPoint, Consumer, ResourceFilter, TypeFilter, SubjectFilter);

    /// <summary>Every filter matches to the letter.</summary>
    public bool Wants(CloudEvent happened) =>
        (ResourceFilter is null || ResourceFilter == happened.Resource) && (TypeFilter is null || TypeFilter == happened.Type) && (SubjectFilter is null || SubjectFilter == happened.Subject);
}

/// <summary>A structured CloudEvent of an app.</summary>
internal sealed record CloudEvent(
    string Specversion, string Id, string Source, string Type, string? Subject = null, DateTimeOffset? Time = null, string? Resource = null, string? Resourceinstance = null, string? Alternativesubject = null);
