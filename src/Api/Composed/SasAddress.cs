using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Notifications.Api.Composed;

/// <summary>What the address of a file says of itself. Whether its signature is good only the storage knows.</summary>
internal static class SasAddress
{
    public const int LongestAddress = 4096;
    public const string Domain = ".blob.core.windows.net";

    public static bool IsHttps(Uri address) => address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps && address.OriginalString.Length <= LongestAddress;

    public static bool IsInBlobStorage(Uri address) =>
        address.IdnHost.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && address.IdnHost.Length > Domain.Length && address.IsDefaultPort && address.UserInfo.Length == 0;

    public static bool IsSigned(Uri address) =>
        Value(address, "se") is not null && Value(address, "sp") is not null && Value(address, "sig") is not null
        && string.Equals(Value(address, "sr"), "b", StringComparison.OrdinalIgnoreCase);

    public static bool MayRead(Uri address) => Value(address, "sp")?.Contains('r', StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Null when it does not say.</summary>
    public static DateTimeOffset? Expiry(Uri? address) =>
        address is { IsAbsoluteUri: true }
        && DateTimeOffset.TryParse(Value(address, "se"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) ? expiry.ToUniversalTime() : null;

    private static string? Value(Uri address, string name) =>
        QueryHelpers.ParseQuery(address.Query).TryGetValue(name, out var values) && values is [{ } value] && !string.IsNullOrWhiteSpace(value) ? value : null;
}
