using System.Net.Http.Json;

namespace Notifications.Consumers.Recipients;

/// <summary>Altinn Register's lookup of names. Asked only when a text holds the recipient's name.</summary>
public sealed class Register(HttpClient http)
{
    public async Task<IReadOnlyDictionary<string, string?>> PersonNames(IReadOnlyList<string> nationalIdentityNumbers, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(
            "parties/nameslookup",
            new { socialSecurityNumbers = nationalIdentityNumbers, parties = nationalIdentityNumbers.Select(ssn => new { ssn }) },
            cancellationToken);
        response.EnsureSuccessStatusCode();
        var found = await response.Content.ReadFromJsonAsync<Names>(cancellationToken);
        return (found?.PartyNames ?? throw new HttpRequestException("Register answered without a list of names."))
            .Where(n => n.Ssn is not null)
            .ToDictionary(n => n.Ssn!, n => n.Name, StringComparer.Ordinal);
    }

    private sealed record Names(IReadOnlyList<PartyName>? PartyNames);

    private sealed record PartyName(string? Ssn, string? Name);
}
