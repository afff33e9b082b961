using System.Globalization;
using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Inbox;

internal static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox", (MessageInbox inbox, int page = 1) => Results.Content(InboxPage.Render(inbox, Math.Max(page, 1)), "text/html; charset=utf-8"));
        routes.MapGet("/inbox/messages", Messages);
        routes.MapDelete("/inbox/messages", (MessageInbox inbox, SandboxJournal journal) =>
        {
            inbox.Clear();
            journal.Write(new InboxEmptied());
            return Results.NoContent();
        });
    }

    private static IResult Messages(MessageInbox inbox, string? to = null, string? since = null)
    {
        DateTimeOffset? from = null;
        if (!string.IsNullOrWhiteSpace(since))
        {
            // An unescaped + of an offset or a mobile number arrives as a space.
            if (!DateTimeOffset.TryParse(since.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                return Results.Problem("since is no time.", statusCode: 400);
            from = moment;
        }

        return Results.Ok(inbox.Find(Recipient(to), from));
    }

    private static string? Recipient(string? to)
    {
        if (string.IsNullOrWhiteSpace(to))
            return null;
        return to.StartsWith(' ') ? "+" + to.Trim() : to.Trim();
    }
}
