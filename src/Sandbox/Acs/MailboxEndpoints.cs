namespace Notifications.Sandbox.Acs;

internal static class MailboxEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/acs/limits", (PublishedLimits limits) => new { refusedSends = limits.RefusedSends });
        routes.MapPut("/acs/mailboxes/{address}", (string address, DecideMailbox mailbox, Mailboxes mailboxes) =>
        {
            mailboxes.Decide(address, mailbox.Report ?? "Delivered");
            return Results.NoContent();
        });
    }

    private sealed record DecideMailbox(string? Report);
}
