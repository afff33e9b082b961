namespace Notifications.Consumers.Recipients;

/// <summary>The name of a resource in orders.</summary>
public static class ResourceUrn
{
    public const string Prefix = "urn:altinn:resource:";

    public static bool IsValid(string? urn) => urn is not null && urn.Length > Prefix.Length && urn.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The resource's id, which older orders give without the prefix.</summary>
    public static string Id(string urn) => urn.StartsWith(Prefix, StringComparison.Ordinal) ? urn[Prefix.Length..] : urn;
}

/// <summary>The names of persons without a Norwegian identity number.</summary>
public static class ExternalIdentityUrn
{
    private const string Email = "urn:altinn:person:idporten-email:";

    /// <summary>An e-mail login, and the spellings of a user name.</summary>
    public static readonly IReadOnlyList<string> Prefixes = [Email, "urn:altinn:party:username:", "urn:altinn:username:", "urn:altinn:person:legacy-selfidentified:"];

    public static bool IsValid(string? urn)
    {
        if (urn is null || Prefixes.FirstOrDefault(p => urn.StartsWith(p, StringComparison.Ordinal)) is not { } prefix)
            return false;

        var named = Uri.UnescapeDataString(urn[prefix.Length..]);
        return prefix == Email ? EmailAddress.IsOrderable(named) : !string.IsNullOrWhiteSpace(named);
    }
}
