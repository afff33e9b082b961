using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Notifications.Sandbox.Inbox;

internal static class InboxPage
{
    private const int PageSize = 100;

    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Inbox</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1e2b3c; background: #f4f5f7 }
        article { background: #fff; border: 1px solid #d2d5d8; border-left: .4rem solid #0062ba; border-radius: .4rem; margin: 1rem 0; padding: .8rem 1.2rem }
        article.sms { border-left-color: #068718; border-radius: 1.2rem }
        h2 { font-size: 1.1rem; margin: .2rem 0 }
        .meta { color: #5c6570; font-size: .9rem }
        .kind, .status { display: inline-block; border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; font-weight: 600; background: #d1e5f6 }
        .sms .kind { background: #cdeed1 }
        .status { background: #e9ebed }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .6rem 0 0 }
        </style>
        </head>
        <body>
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Render(MessageInbox inbox, int page)
    {
        var total = inbox.Count;
        var html = new StringBuilder(Head);
        html.Append(CultureInfo.InvariantCulture, $"<h1>Inbox</h1><p>{total} messages, newest first. <a href=\"/inbox/messages\">JSON</a> · <a href=\"/\">Sandbox</a></p>");
        foreach (var message in inbox.Newest((page - 1) * PageSize, PageSize))
            Render(html, message);

        if (page > 1)
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"/inbox?page={page - 1}\">Newer</a> ");
        if (page * PageSize < total)
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"/inbox?page={page + 1}\">Older</a>");
        return html.Append("</body></html>").ToString();
    }

    private static void Render(StringBuilder html, InboxMessage message)
    {
        var kind = message.Channel == "sms" ? "SMS" : "Email";
        var accepted = message.AcceptedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"{message.Channel}\"><p class=\"meta\"><span class=\"kind\">{kind}</span> <span class=\"status\">{Encode(message.Status)}</span> {accepted}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(message.Subject ?? message.To)}</h2><p class=\"meta\">To {Encode(message.To)} from {Encode(message.From)}");
        if (message.Channel == "sms")
            html.Append(CultureInfo.InvariantCulture, $" · {message.Parts} part(s)");
        html.Append(CultureInfo.InvariantCulture, $" · {message.Attempts} attempt(s) · {Encode(message.Reference)}</p><pre>{Encode(message.Body)}</pre>");
        foreach (var attachment in message.Attachments ?? [])
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"meta\">📎 {Encode(attachment.Name)} · {Encode(attachment.ContentType)} · {attachment.Size} bytes</p>");
        html.Append("</article>");
    }

    private static string Encode(string value) => Encoder.Encode(value);
}
