using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Recipients;

/// <summary>What a message is about, with its title in each language that it has.</summary>
public sealed record Resource(IReadOnlyDictionary<string, string?>? Title)
{
    private const string Bokmal = "nb";

    /// <summary>The title in the reader's language, or in bokmål, or in any other that there is.</summary>
    public string? TitleIn(string? language) => In(language ?? Bokmal) ?? In(Bokmal) ?? Title?.Values.FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));

    private string? In(string language) => Title?.GetValueOrDefault(language.ToLowerInvariant()) is { } title && !string.IsNullOrWhiteSpace(title) ? title : null;
}

/// <summary>Altinn's Resource Registry.</summary>
public sealed class ResourceRegistry(HttpClient http)
{
    /// <summary>Null when there is no such resource.</summary>
    public Task<Resource?> Find(string id, CancellationToken cancellationToken) =>
        http.Find<Resource>(nameof(ResourceRegistry), $"resource/{Uri.EscapeDataString(id)}", cancellationToken);
}

/// <summary>What texts call the resource that they are about. Titles change rarely, and are kept for some minutes.</summary>
public sealed class ResourceTitles(ResourceRegistry registry, TitleCache known)
{
    /// <summary>Null when there is no such resource; what is not there is asked for each time.</summary>
    public async Task<Resource?> Of(string resourceId, CancellationToken cancellationToken)
    {
        var id = ResourceUrn.Id(resourceId);
        if (known.Find(id) is { } resource)
            return resource;

        var found = await registry.Find(id, cancellationToken);
        if (found is not null)
            known.Keep(id, found);
        return found;
    }
}
