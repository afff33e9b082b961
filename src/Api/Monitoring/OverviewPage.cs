using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Monitoring;

/// <summary><c>GET /monitor</c>: what is under way and how long it has been, and who is not called or asked. Nobody's data.</summary>
internal static class OverviewPage
{
    /// <summary>Those that do not last, in the order in which a shipment comes to them.</summary>
    public static readonly IReadOnlyList<string> States =
    [
        nameof(OrderStateMachine.Scheduled), nameof(OrderStateMachine.CheckingCondition), nameof(OrderStateMachine.FetchingAttachments),
        nameof(OrderStateMachine.ResolvingRecipients), nameof(OrderStateMachine.PlanningNotifications), nameof(OrderStateMachine.Sending),
    ];

    private const int DaysOfDuplicates = 7;

    public static async Task<IResult> Show(string? lang, HttpContext http, ReadOverview overview, ProviderPauses pauses, NeighbourBreaks breaks, CountDuplicates duplicates, TimeProvider clock)
    {
        var view = MonitoringRoutes.View(http, lang, clock);
        return MonitoringRoutes.Page(http, Render(
            view, await overview.Read(States, http.RequestAborted), await pauses.Current(http.RequestAborted), await breaks.Current(http.RequestAborted),
            await duplicates.Since(DateOnly.FromDateTime(view.Now.UtcDateTime).AddDays(-DaysOfDuplicates), http.RequestAborted)));
    }

    public static Html Render(View view, Overview overview, IReadOnlyList<ProviderPause> pauses, IReadOnlyList<NeighbourBreak> breaks, IReadOnlyList<PreventedDuplicates> duplicates) => view.Page(view.Words.Overview, "", Html.Of($"""
        {Providers(view, pauses)}
        {Neighbours(view, breaks)}
        <div class="columns">
        {Table(view, view.Words.Shipments, overview.Shipments, state => view.Link("/shipments", ("state", state)))}
        {Table(view, view.Words.Messages, overview.Messages)}
        {Table(view, view.Words.Machinery, overview.Machinery)}
        {Finished(view, overview.Finished)}
        {Duplicates(view, duplicates)}
        </div>
        {About(view, overview)}
        """));

    private static Html Providers(View view, IReadOnlyList<ProviderPause> pauses) => pauses.Count == 0
        ? Html.Of($"""<p class="well">{view.Words.AllProvidersCalled}</p>""")
        : View.Table(view.Words.Providers, Html.Of($"""
            <thead><tr><th scope="col">{view.Words.Provider}</th><th scope="col">{view.Words.Sender}</th><th scope="col">{view.Words.Gate}</th><th scope="col">{view.Words.Cause}</th>
            <th scope="col">{view.Words.Answer}</th><th scope="col">{view.Words.Since}</th><th scope="col" class="number">{view.Words.Tries}</th></tr></thead>
            <tbody>{Html.Each(pauses, pause => Pause(view, pause))}</tbody>
            """), "alarm");

    private static Html Pause(View view, ProviderPause pause) => Html.Of($"""
        <tr><th scope="row">{pause.Provider}</th><td>{Sender(view, pause.Sender)}</td><td>{Gate(view, pause)}</td><td>{pause.Cause.ToString()}</td>
        <td>{pause.Answer}</td><td>{View.Time(pause.Since)}</td><td class="number">{pause.Tries}</td></tr>
        """);

    private static string Sender(View view, string sender) => sender switch
    {
        ProviderPause.Everybody => view.Words.Everybody,
        ProviderPause.DefaultSender => view.Words.DefaultSender,
        _ => Masked.WithDomain(sender),
    };

    /// <summary>When its time is over, one message goes ahead of the others; what comes of that ends the pause, or makes it last.</summary>
    private static Html Gate(View view, ProviderPause pause) => pause.IsOver(view.Now)
        ? Html.Of($"{view.Words.HalfOpen}")
        : Html.Of($"{view.Words.Closed} {View.Time(pause.Until)}");

    private static Html Neighbours(View view, IReadOnlyList<NeighbourBreak> breaks) => breaks.Count == 0
        ? Html.Of($"""<p class="well">{view.Words.AllNeighboursAsked}</p>""")
        : View.Table(view.Words.Neighbours, Html.Of($"""
            <thead><tr><th scope="col">{view.Words.Neighbour}</th><th scope="col">{view.Words.Host}</th><th scope="col">{view.Words.Gate}</th>
            <th scope="col">{view.Words.LastAnswer}</th><th scope="col">{view.Words.Since}</th></tr></thead>
            <tbody>{Html.Each(breaks, open => Html.Of($"""
                <tr data-name="{open.Neighbour}"><th scope="row">{open.Neighbour}</th><td>{open.Host}</td>
                <td>{(open.IsOver(view.Now) ? Html.Of($"{view.Words.NextDecides}") : Html.Of($"{view.Words.Closed} {View.Time(open.Until)}"))}</td>
                <td>{open.Answer}</td><td>{View.Time(open.Since)}</td></tr>

                """))}</tbody>
            """), "alarm");

    private static Html Table(View view, string caption, IReadOnlyList<Tally> tallies, Func<string, string>? link = null) => View.Table(caption, Html.Of($"""
        <thead><tr><th scope="col">{view.Words.State}</th><th scope="col" class="number">{view.Words.Count}</th><th scope="col" class="since">{view.Words.Oldest}</th><th scope="col" class="number">{view.Words.Age}</th></tr></thead>
        <tbody>{Html.Each(tallies, t => Html.Of($"""
            <tr data-name="{t.Name}"><th scope="row">{Named(view, t, link)}</th><td class="number">{Count(view, t)}</td><td class="since">{View.Time(t.Oldest)}</td>
            <td class="number">{(t.Oldest is { } oldest && oldest <= view.Now ? view.Age(oldest) : "")}</td></tr>

            """))}</tbody>
        """));

    private static Html Named(View view, Tally tally, Func<string, string>? link) => link is null || tally.Count == 0
        ? Html.Of($"{view.Name(tally.Name)}")
        : Html.Of($"""<a href="{link(tally.Name)}">{view.Name(tally.Name)}</a>""");

    private static Html Finished(View view, IReadOnlyList<Tally> finished) => View.Table(view.Words.Finished, Html.Of($"""
        <thead><tr><th scope="col">{view.Words.State}</th><th scope="col" class="number">{view.Words.Count}</th></tr></thead>
        <tbody>{Html.Each(finished, f => Html.Of($"""<tr data-name="{f.Name}"><th scope="row">{view.Name(f.Name)}</th><td class="number">{Count(view, f, finished.Sum(each => each.Count))}</td></tr>"""))}
        {(finished.Count == 0 ? Html.Of($"""<tr><td colspan="2">{view.Words.NothingFinished}</td></tr>""") : Html.Nothing)}</tbody>
        """));

    /// <summary>By what prevented them, of a week and of today.</summary>
    private static Html Duplicates(View view, IReadOnlyList<PreventedDuplicates> duplicates)
    {
        var today = DateOnly.FromDateTime(view.Now.UtcDateTime);
        return View.Table(view.Words.Duplicates, Html.Of($"""
            <thead><tr><th scope="col">{view.Words.PreventedBy}</th><th scope="col" class="number">{view.Words.Today}</th><th scope="col" class="number">{view.Words.Week}</th></tr></thead>
            <tbody>{Html.Each(Enum.GetValues<DuplicateKind>(), kind => Html.Of($"""
                <tr data-name="{kind.ToString()}"><th scope="row">{view.Name(kind.ToString())}</th><td class="number">{View.Number(duplicates.Where(d => d.Kind == kind && d.Day == today).Sum(d => d.Count))}</td>
                <td class="number">{View.Number(duplicates.Where(d => d.Kind == kind).Sum(d => d.Count))}</td></tr>

                """))}</tbody>
            """));
    }

    private static string Count(View view, Tally tally, long? together = null) =>
        (together ?? tally.Count) >= tally.Most ? $"{view.Words.MoreThan} {View.Number(tally.Count)}" : View.Number(tally.Count);

    /// <summary>Where more waits than is counted, and the statistics know of it.</summary>
    private static Html About(View view, Overview overview) => overview.Shipments.Any(s => s.IsMore) && overview.AboutOpen is { } open && open > overview.Shipments.Sum(s => s.Count)
        ? Html.Of($"<p>{view.Words.AboutOpen} {View.Number(open)}</p>")
        : Html.Nothing;
}
