using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Monitoring;

/// <summary>
/// <c>GET /monitor/shipments</c>: those with an id or a reference (<c>q</c>), the newest first, or those in a <c>state</c>, the one that has been
/// in it the longest first. Whoever asks for one is shown that one.
/// </summary>
internal static class ShipmentsPage
{
    private const int PageSize = 50;

    public static async Task<IResult> Show(string? q, string? state, string? after, string? lang, HttpContext http, FindShipments shipments, TimeProvider clock)
    {
        var view = MonitoringRoutes.View(http, lang, clock);
        var place = after is not null && PageCursor.TryParse(after, out var cursor) ? cursor : null;
        if (state is not null)
        {
            return OverviewPage.States.Contains(state, StringComparer.Ordinal)
                ? MonitoringRoutes.Page(http, OfState(view, state, await shipments.ByState(state, (place?.Time ?? DateTimeOffset.MinValue, place?.Id ?? Guid.Empty), PageSize, http.RequestAborted)))
                : MonitoringRoutes.NotThere(http, view);
        }

        var sought = q?.Trim().Replace("\0", "", StringComparison.Ordinal) ?? "";
        var isId = Guid.TryParse(sought, out var id);
        var found = sought.Length == 0 ? []
            : isId ? await shipments.ById(id, PageSize, http.RequestAborted)
            : await shipments.ByReference(sought, (place?.Time ?? DateTimeOffset.MaxValue, place?.Id ?? Guid.AllBitsSet), PageSize, http.RequestAborted);
        return found is [var only] && place is null
            ? Results.Redirect(view.Link($"/shipments/{only.Id}"))
            : MonitoringRoutes.Page(http, OfSearch(view, sought, found, mayGoOn: !isId), found.Count == 0 && place is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    public static Html OfState(View view, string state, IReadOnlyList<ShipmentLine> shipments) => view.Page(view.Name(state), "/shipments", Html.Of($"""
        {Table(view, $"{view.Words.InState}: {view.Name(state)}", shipments)}
        {Further(view, view.Words.Further, shipments, last => ("state", state, new PageCursor(last.Since, last.Id)))}
        """), ("state", state));

    public static Html OfSearch(View view, string sought, IReadOnlyList<ShipmentLine> shipments, bool mayGoOn) => view.Page(view.Words.Find, "/shipments", Html.Of($"""
        {(shipments.Count == 0 ? Html.Of($"""<p role="status">{view.Words.NothingFound}</p>""") : Table(view, $"{view.Words.Found} {sought}", shipments))}
        {(mayGoOn ? Further(view, view.Words.Older, shipments, last => ("q", sought, new PageCursor(last.CreatedAt, last.Id))) : Html.Nothing)}
        """), ("q", sought));

    public static Html Table(View view, string caption, IReadOnlyList<ShipmentLine> shipments) => View.Table(caption, Html.Of($"""
        <thead><tr><th scope="col">{view.Words.Shipment}</th><th scope="col">{view.Words.Creator}</th><th scope="col">{view.Words.Type}</th><th scope="col">{view.Words.State}</th>
        <th scope="col">{view.Words.Reference}</th><th scope="col">{view.Words.Accepted}</th><th scope="col">{view.Words.SendTime}</th></tr></thead>
        <tbody>{Html.Each(shipments, s => Html.Of($"""
            <tr><th scope="row">{view.ShipmentLink(s.Id)}</th><td>{s.Creator}</td><td>{s.Type.ToString()}</td><td>{view.Name(s.State)}<br>{View.Time(s.Since)} ({view.Age(s.Since)})</td>
            <td class="text">{s.SendersReference}</td><td>{View.Time(s.CreatedAt)}</td><td>{View.Time(s.SendTime)}</td></tr>

            """))}</tbody>
        """));

    private static Html Further(View view, string text, IReadOnlyList<ShipmentLine> shipments, Func<ShipmentLine, (string Name, string Value, PageCursor Last)> place)
    {
        if (shipments.Count < PageSize)
            return Html.Nothing;

        var (name, value, last) = place(shipments[^1]);
        return Html.Of($"""<p><a rel="next" href="{view.Link("/shipments", (name, value), ("after", last.ToString()))}">{text}</a></p>""");
    }
}
