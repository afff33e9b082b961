using System.Net.Http.Json;

namespace Notifications.Consumers.Recipients;

/// <summary>How a person can be reached, by the contact and reservation register.</summary>
public sealed record PersonContact(string NationalIdentityNumber, bool IsReserved, string? MobileNumber, string? Email);

/// <summary>Altinn Profile's lookup of persons. Somebody who is not registered is absent from the answer.</summary>
public sealed class Profile(HttpClient http)
{
    public async Task<IReadOnlyList<PersonContact>> Persons(IReadOnlyList<string> nationalIdentityNumbers, bool useStaleContactInfo, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("users/contactpoint/lookup", new { nationalIdentityNumbers, useStaleContactInfo }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var found = await response.Content.ReadFromJsonAsync<ContactPoints>(cancellationToken);
        return found?.ContactPointsList ?? throw new HttpRequestException("Profile answered without a list of contact points.");
    }

    private sealed record ContactPoints(IReadOnlyList<PersonContact>? ContactPointsList);
}
