namespace Notifications.Api.Templates;

/// <summary>One version of a template.</summary>
/// <param name="Name">By which orders name it.</param>
/// <param name="Version">Which of them; an order that names none takes the latest.</param>
/// <param name="IsPreset">It is everybody's, and cannot be changed.</param>
/// <param name="CreatedAt">When it was put here.</param>
/// <param name="RetiredAt">From then on nothing can be ordered with it.</param>
/// <param name="Content">As it was put here.</param>
public sealed record TemplateResponse(string Name, int Version, bool IsPreset, DateTime? CreatedAt, DateTime? RetiredAt, TemplateRequest Content)
{
    /// <summary>What the request says that nobody reads; left out when there is nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    internal static TemplateResponse Of(FoundTemplate t) => new(t.Name, t.Version, t.IsPreset, t.CreatedAt?.UtcDateTime, t.RetiredAt?.UtcDateTime, t.Content);
}
