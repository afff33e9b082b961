using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Notifications.Api.Metrics;

/// <summary>The page with the form, and below it the table, when there is one.</summary>
internal sealed record MetricsHtml(int Year, int Month)
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Notifications by month</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1e2b3c; background: #f4f5f7 }
        form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; background: #fff; border: 1px solid #d2d5d8; border-radius: .4rem; padding: 1rem 1.2rem }
        label { display: grid; gap: .2rem; font-weight: 600 }
        select, input, button { font: inherit; box-sizing: border-box; height: 2.5rem; padding: .4rem .6rem; border: 1px solid #68707c; border-radius: .25rem; background: #fff; color: inherit }
        button { background: #0062ba; border-color: #0062ba; color: #fff; font-weight: 600; cursor: pointer }
        :focus-visible { outline: 3px solid #1e2b3c; outline-offset: 2px }
        .scroll { overflow-x: auto }
        table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; background: #fff; border: 1px solid #d2d5d8 }
        caption { text-align: left; font-size: 1.2rem; font-weight: 600; padding: .4rem 0 }
        th, td { padding: .4rem .8rem; border-top: 1px solid #d2d5d8; text-align: right; font-variant-numeric: tabular-nums }
        th:first-child { text-align: left }
        thead th { background: #e9ebed; vertical-align: bottom }
        tfoot th, tfoot td { border-top: 2px solid #68707c; font-weight: 600 }
        .error { border-left: .4rem solid #b3253a; background: #fff; padding: .6rem 1rem }
        </style>
        </head>
        <body>
        <main>
        <h1>Notifications by month</h1>

        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    public IReadOnlyList<MonthlyMetrics>? Creators { get; init; }

    public string? Error { get; init; }

    public override string ToString()
    {
        var html = new StringBuilder(Head);
        if (Error is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"error\" role=\"alert\">{Encoder.Encode(Error)}</p>\n");
        Form(html);
        if (Creators is { Count: 0 })
            html.Append(CultureInfo.InvariantCulture, $"<p>Nothing was ordered or sent in {MonthName}.</p>\n");
        else if (Creators is not null)
            Table(html, Creators);
        return html.Append("</main></body></html>\n").ToString();
    }

    private string MonthName => string.Create(CultureInfo.InvariantCulture, $"{Names.GetMonthName(Month)} {Year}");

    private void Form(StringBuilder html)
    {
        html.Append("<form method=\"post\"><label>Month <select name=\"month\">");
        for (var month = 1; month <= 12; month++)
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{month}\"{(month == Month ? " selected" : "")}>{Names.GetMonthName(month)}</option>");
        html.Append(CultureInfo.InvariantCulture, $"</select></label><label>Year <input name=\"year\" type=\"number\" min=\"2000\" max=\"9000\" value=\"{Year}\" required></label><button>Show</button></form>\n");
    }

    private void Table(StringBuilder html, IReadOnlyList<MonthlyMetrics> creators)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><table><caption>{MonthName}, by UTC</caption><thead><tr><th scope=\"col\">Creator</th><th scope=\"col\">Orders</th>")
            .Append("<th scope=\"col\">E-mails</th><th scope=\"col\">E-mails delivered</th><th scope=\"col\">SMS parts</th><th scope=\"col\">SMS parts delivered</th></tr></thead><tbody>\n");
        foreach (var creator in creators)
            Row(html, creator);
        html.Append("</tbody><tfoot>");
        Row(html, MonthlyMetrics.Sum(creators));
        html.Append("</tfoot></table></div>\n<p>Orders count when they were accepted, messages when their shipment became final.</p>\n");
    }

    private static void Row(StringBuilder html, MonthlyMetrics row)
    {
        html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encoder.Encode(row.Creator)}</th>");
        foreach (var count in (long[])[row.Orders, row.Emails, row.DeliveredEmails, row.Sms, row.DeliveredSms])
            html.Append(CultureInfo.InvariantCulture, $"<td>{count}</td>");
        html.Append("</tr>\n");
    }
}
