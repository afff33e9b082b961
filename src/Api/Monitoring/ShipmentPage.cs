using System.Globalization;
using Notifications.Api.History;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Monitoring;

/// <summary>
/// <c>GET /monitor/shipments/{id}</c>: one shipment, its story, what happens next, its messages with every call and report, and its history.
/// Addresses are masked, and no text is shown.
/// </summary>
internal static class ShipmentPage
{
    private const int MostMessages = 50;
    private const int MostLines = 200;
    private const int MostSiblings = 100;

    /// <summary>Of an id, as much as tells it from those that were made right before and after.</summary>
    private const int DistinctEnd = 17;

    /// <summary>Everything that the page shows.</summary>
    /// <param name="Told">The history that its story is made of, from its beginning.</param>
    /// <param name="Lines">The history from where it is looked at.</param>
    internal sealed record Content(
        ShipmentSummary Summary, IReadOnlyList<ShipmentLine> Order, IReadOnlyList<HistoryLine> Told, AwaitedByShipment? Awaited, IReadOnlyList<NotificationEvidence> Messages, IReadOnlyList<HistoryLine> Lines);

    public static async Task<IResult> Show(
        Guid id, Guid? messagesAfter, long? linesAfter, string? lang, HttpContext http, FindShipments shipments, ReadHistory history, ReadAttempts attempts, TimeProvider clock)
    {
        var view = MonitoringRoutes.View(http, lang, clock);
        if (await shipments.One(id, http.RequestAborted) is not { } summary)
            return MonitoringRoutes.NotThere(http, view);

        var creator = summary.Line.Creator;
        var told = await history.Lines(creator, id, after: 0, http.RequestAborted) ?? [];
        return MonitoringRoutes.Page(http, Render(view, new Content(
            summary,
            await shipments.ById(summary.Line.OrderId, MostSiblings, http.RequestAborted),
            told,
            await history.Awaited(creator, id, http.RequestAborted),
            await attempts.Of(id, creator, messagesAfter ?? Guid.Empty, MostMessages, http.RequestAborted) ?? [],
            linesAfter is > 0 and var after ? await history.Lines(creator, id, after, http.RequestAborted) ?? [] : told)));
    }

    public static Html Render(View view, Content content)
    {
        var (words, line) = (view.Words, content.Summary.Line);
        return view.Page($"{words.Shipment} {line.Id}", $"/shipments/{line.Id}", Html.Of($"""
            {Facts(view, content.Summary)}
            <section aria-labelledby="story"><h2 id="story">{words.Story}</h2>
            <ol>{Html.Each(Story.Of(content.Told, view.Tongue), sentence => Html.Of($"<li>{sentence}</li>"))}</ol></section>
            <section aria-labelledby="next"><h2 id="next">{words.Next}</h2>{Next(view, content.Awaited)}</section>
            <section aria-labelledby="messages"><h2 id="messages">{words.Sent}</h2>{Messages(view, content)}</section>
            <section aria-labelledby="history"><h2 id="history">{words.History}</h2>{Lines(view, content)}</section>
            {(content.Order.Count > 1 ? ShipmentsPage.Table(view, $"{words.Order} {line.OrderId}", content.Order) : Html.Nothing)}
            """));
    }

    private static Html Facts(View view, ShipmentSummary summary)
    {
        var (words, line) = (view.Words, summary.Line);
        return Html.Of($"""
            <dl>
            {Fact(words.State, Html.Of($"<strong>{view.Name(line.State)}</strong> {words.Since.ToLowerInvariant()} {View.Time(line.Since)}"))}
            {Fact(words.Creator, Html.Of($"{line.Creator}"))}
            {Fact(words.Order, Html.Of($"""<a class="id" href="{view.Link("/shipments", ("q", line.OrderId.ToString()))}">{line.OrderId}</a>"""))}
            {Fact(words.Type, Html.Of($"{line.Type.ToString()} ({summary.Kind.ToString()})"))}
            {(line.SendersReference is null ? Html.Nothing : Fact(words.Reference, Html.Of($"{line.SendersReference}")))}
            {Fact(words.Accepted, View.Time(line.CreatedAt))}
            {Fact(words.SendTime, View.Time(line.SendTime))}
            {Fact(words.Channels, Html.Of($"{summary.ChannelSchema.ToString()}"))}
            {Fact(words.Recipients, Html.Of($"{View.Number(summary.Recipients)}"))}
            {(summary.ResolveTries == 0 ? Html.Nothing : Fact(words.LookupsInVain, Html.Of($"{summary.ResolveTries}")))}
            {(summary.ConditionTries == 0 ? Html.Nothing : Fact(words.ConditionInVain, Html.Of($"{summary.ConditionTries}")))}
            {(summary.Notifications.Count == 0 ? Html.Nothing : Fact(words.Messages, Html.Each(summary.Notifications, n => Html.Of($"""<span class="count">{WireStatus.Of(n.Channel, n.State)}: {View.Number(n.Count)}</span> """))))}
            </dl>
            """);
    }

    private static Html Fact(string name, Html value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html Next(View view, AwaitedByShipment? awaited)
    {
        var next = awaited is null ? [] : Story.Next(awaited, view.Tongue).ToArray();
        return next.Length == 0
            ? Html.Of($"<p>{view.Words.NothingNext}</p>")
            : Html.Of($"<ul>{Html.Each(next, n => Html.Of($"<li>{View.Time(n.At)} {n.What}</li>"))}</ul>");
    }

    private static Html Messages(View view, Content content)
    {
        var (words, messages) = (view.Words, content.Messages);
        if (messages.Count == 0)
            return Html.Of($"<p>{words.NothingSent}</p>");

        return Html.Of($"""
            {View.Table(caption: null, Html.Of($"""
            <thead><tr><th scope="col">{words.Message}</th><th scope="col">{words.Address}</th><th scope="col">{words.State}</th><th scope="col">{words.Calls}</th><th scope="col">{words.Reports}</th></tr></thead>
            <tbody>{Html.Each(messages, message => Message(view, message))}</tbody>
            """), "messages", words.Sent)}
            {(messages.Count < MostMessages ? Html.Nothing : Html.Of($"""<p><a rel="next" href="{view.Link($"/shipments/{content.Summary.Line.Id}", ("messagesAfter", messages[^1].Id.ToString()))}#messages">{words.Further}</a></p>"""))}
            """);
    }

    private static Html Message(View view, NotificationEvidence message) => Html.Of($"""
        <tr><th scope="row"><span class="id">{message.Id}</span></th><td>{Masked.WithDomain(message.Address)}</td><td>{WireStatus.Of(message.Channel, message.State)}</td>
        <td>{Html.Each(message.Attempts, a => Html.Of($"""<p>{a.Number}. {a.Provider}: <strong>{(a.Outcome == AttemptOutcome.Claimed ? view.Words.UnderWay : a.Outcome.ToString())}</strong> {View.Time(a.SettledAt ?? a.ClaimedAt)}<br>{a.ProviderAnswer}</p>"""))}</td>
        <td>{Html.Each(message.Reports, r => Html.Of($"<p>{r.Provider}: <strong>{r.ProviderState}</strong> {View.Time(r.ReceivedAt)}</p>"))}</td></tr>

        """);

    private static Html Lines(View view, Content content)
    {
        var words = view.Words;
        var shown = content.Lines.Take(MostLines).ToArray();
        return Html.Of($"""
            {View.Table(caption: null, Html.Of($"""
            <thead><tr><th scope="col" class="number">#</th><th scope="col">{words.Time}</th><th scope="col">{words.What}</th><th scope="col">{words.State}</th><th scope="col">{words.Channel}</th>
            <th scope="col">{words.Message}</th><th scope="col" class="number">{words.Tries}</th><th scope="col">{words.Reason}</th><th scope="col">{words.Answer}</th></tr></thead>
            <tbody>{Html.Each(shown, l => Line(view, HistoryResponse.Of(l), l.At))}</tbody>
            """), "", words.History)}
            {(shown.Length == content.Lines.Count ? Html.Nothing : Html.Of($"""<p><a rel="next" href="{view.Link($"/shipments/{content.Summary.Line.Id}", ("linesAfter", shown[^1].Sequence.ToString(CultureInfo.InvariantCulture)))}#history">{words.Further}</a></p>"""))}
            """);
    }

    private static Html Line(View view, HistoryResponse line, DateTimeOffset at) => Html.Of($"""
        <tr><td class="number">{line.Sequence}</td><td>{View.Time(at)}</td><th scope="row">{line.Kind.ToString()}</th><td>{line.State}</td><td>{line.Channel}</td>
        <td>{(line.NotificationId is { } message ? Html.Of($"""<span class="id" title="{message}">…{message.ToString()[^DistinctEnd..]}</span>""") : Html.Nothing)}</td><td class="number">{line.Attempt?.ToString(CultureInfo.InvariantCulture)}</td><td>{line.Reason}</td><td>{line.ProviderState}</td></tr>

        """);
}
