using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary><c>GET /reports/unmatched</c>: delivery reports about messages that nobody here knows, or does not know yet; newest first.</summary>
public static class GetUnmatchedReports
{
    private const int LargestPage = 500;

    public static void MapGetUnmatchedReports(this IEndpointRouteBuilder routes) => routes
        .MapGet("/reports/unmatched", Handle)
        .RequireAuthorization(AccessRegistration.MayOperate)
        .WithName("GetUnmatchedReports").WithTags("Operations").WithSummary("Delivery reports that no message is known for")
        .Produces<UnmatchedReport[]>();

    private static async Task<IResult> Handle(
        HttpContext http, ReadReports reports, PublicAddress address, [FromQuery(Name = "before")] long? before, [FromQuery(Name = "pageSize")] int? pageSize)
    {
        var size = Math.Clamp(pageSize ?? LargestPage, 1, LargestPage);
        var found = await reports.Unmatched(before ?? long.MaxValue, size, http.RequestAborted);
        var answer = Results.Json(found.Select(r => new UnmatchedReport(r.Id, r.Provider, r.Reference, r.ProviderState, r.State, r.ReceivedAt.UtcDateTime)));
        return found.Count < size ? answer : answer.WithNextPage(Next(address, found[^1].Id, size));
    }

    private static string Next(PublicAddress address, long last, int size) =>
        address.Of(string.Create(CultureInfo.InvariantCulture, $"reports/unmatched?before={last}&pageSize={size}"));
}

/// <param name="Id">Grows with each report.</param>
/// <param name="Reference">The provider's name for the message.</param>
/// <param name="ProviderState">In the provider's own word.</param>
/// <param name="State">What it would mean; absent for a state that is not known here, or is not final.</param>
public sealed record UnmatchedReport(long Id, string Provider, string Reference, string ProviderState, NotificationState? State, DateTime ReceivedAt);
