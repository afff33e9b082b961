namespace Notifications.Api.Attempts;

/// <summary>As much of an address as tells it from the others of a shipment to somebody who knows them.</summary>
internal static class MaskedAddress
{
    private const string Mask = "***";

    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        return address.Length == 0 ? ""
            : at > 0 ? $"{address[..1]}{Mask}{address[at..]}"
            : address.Length > 6 ? $"{address[..3]}{Mask}{address[^2..]}"
            : Mask;
    }
}
