using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Acs;

/// <summary>The recipients that decide their own fate.</summary>
internal static class MagicMailbox
{
    private const string Domain = "@simulator.test";

    /// <summary>The magic word before <c>+</c> or <c>@</c>, or null for an address like any other.</summary>
    public static string? Named(string address)
    {
        if (!address.EndsWith(Domain, StringComparison.OrdinalIgnoreCase))
            return null;
        var local = address[..^Domain.Length];
        var label = local.IndexOf('+', StringComparison.Ordinal);
#pragma warning disable CA1308 // The words are written in lower case.
        return (label < 0 ? local : local[..label]).ToLowerInvariant();
#pragma warning restore CA1308
    }

    /// <summary>What the reports say, in the order they are sent.</summary>
    public static IReadOnlyList<PlannedReport> Reports(string? name, TimeSpan late) => name switch
    {
        "bounced" => [new("Bounced")],
        "suppressed" => [new("Suppressed")],
        "spam" => [new("FilteredSpam")],
        "quarantined" => [new("Quarantined")],
        "expanded" => [new("Expanded")],
        "failed" => [new("Failed")],
        "dropped" or "canceled" or "no-report" => [],
        "late-report" => [new("Delivered") { Delay = late }],
        "duplicate-report" => [new("Delivered") { Copies = 2 }],
        "out-of-order" => [new("Delivered"), new("Expanded") { Age = TimeSpan.FromMinutes(1), Delay = TimeSpan.FromMilliseconds(200) }],
        "unknown-status" => [new("Vanished")],
        _ => [new("Delivered")],
    };

    /// <summary>How the operation ends when it does not succeed.</summary>
    public static (string Status, OperationError Error)? Ending(string? name) => name switch
    {
        "suppressed" => ("Failed", Suppressed),
        "dropped" => ("Failed", new("EmailDropped", "Email was dropped after several attempts to deliver.")),
        "canceled" => ("Canceled", new("Canceled", "The operation was canceled.")),
        _ => null,
    };

    public static OperationError Suppressed { get; } =
        new("EmailDroppedAllRecipientsSuppressed", "Message dropped because all recipients were suppressed");
}
