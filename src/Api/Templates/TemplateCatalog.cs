using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>One version of a template, with what is in it.</summary>
internal sealed record FoundTemplate(string Name, int Version, TemplateRequest Content, bool IsPreset, DateTimeOffset? CreatedAt, DateTimeOffset? RetiredAt)
{
    public static FoundTemplate Of(Template t) =>
        new(t.Name, t.Version, JsonSerializer.Deserialize<TemplateRequest>(t.Content, WireJson.Options)!, IsPreset: false, t.CreatedAt, t.RetiredAt);

    public static FoundTemplate Preset(string name, TemplateRequest content) => new(name, Presets.Version, content, IsPreset: true, CreatedAt: null, RetiredAt: null);
}

/// <summary>The templates that a creator may name: its own, and the presets.</summary>
internal sealed class TemplateCatalog(KeptTemplates kept)
{
    /// <summary>A version, retired or not, or the latest one that is not; null when there is none.</summary>
    public async Task<FoundTemplate?> Find(string creator, string name, int? version, CancellationToken cancellationToken) =>
        Presets.All.TryGetValue(name, out var preset) ? version is null or Presets.Version ? FoundTemplate.Preset(name, preset) : null
        : name.Contains('\0', StringComparison.Ordinal) ? null
        : await kept.Find(creator, name, version, cancellationToken) is { } own ? FoundTemplate.Of(own) : null;

    /// <summary>The latest version of each, the creator's own before the presets.</summary>
    public async Task<IEnumerable<FoundTemplate>> All(string creator, CancellationToken cancellationToken) =>
        (await kept.All(creator, cancellationToken)).Select(FoundTemplate.Of).Concat(Presets.All.Select(p => FoundTemplate.Preset(p.Key, p.Value)));
}
