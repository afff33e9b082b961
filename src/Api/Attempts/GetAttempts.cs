using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Attempts;

/// <summary>
/// <c>GET /future/shipment/{id}/attempts</c> for whoever ordered, <c>GET /shipments/{id}/attempts</c> for whoever operates: every call to a
/// provider, when it was claimed, what came of it, and every report. Addresses are masked.
/// </summary>
public static class GetAttempts
{
    private const int LargestPage = 500;

    public static void MapGetAttempts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/future/shipment/{id:guid}/attempts", (Guid id, [AsParameters] Look look) => look.At(id, $"future/shipment/{id}/attempts", Creator.Of(look.Http.User)!))
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("GetOwnAttempts").WithTags("Status").WithSummary("Every call to a provider for one shipment")
            .Produces<NotificationAttempts[]>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/shipments/{id:guid}/attempts", (Guid id, [AsParameters] Look look) => look.At(id, $"shipments/{id}/attempts", creator: null))
            .RequireAuthorization(AccessRegistration.MayOperate)
            .WithName("GetAttempts").WithTags("Operations").WithSummary("Every call to a provider for anybody's shipment")
            .Produces<NotificationAttempts[]>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal sealed record Look(
        HttpContext Http, ReadAttempts Attempts, PublicAddress Address, [FromQuery(Name = "after")] Guid? After, [FromQuery(Name = "pageSize")] int? PageSize)
    {
        public async Task<IResult> At(Guid shipmentId, string path, string? creator)
        {
            var size = Math.Clamp(PageSize ?? LargestPage, 1, LargestPage);
            if (await Attempts.Of(shipmentId, creator, After ?? Guid.Empty, size, Http.RequestAborted) is not { } found)
                return Problems.Coded("NOT-00003", StatusCodes.Status404NotFound, "Shipment not found", "Not Found");

            var answer = Results.Json(found.Select(NotificationAttempts.Of)).With("Cache-Control", "no-store");
            return found.Count < size ? answer
                : answer.WithNextPage(Address.Of(string.Create(CultureInfo.InvariantCulture, $"{path}?after={found[^1].Id}&pageSize={size}")));
        }
    }
}

/// <param name="Destination">Masked.</param>
public sealed record NotificationAttempts(
    Guid NotificationId, string Type, string Destination, string Status, IReadOnlyList<NotificationAttempts.AttemptView> Attempts, IReadOnlyList<NotificationAttempts.ReportView> Reports)
{
    internal static NotificationAttempts Of(NotificationEvidence evidence) => new(
        evidence.Id, evidence.Channel.WireName, Masked.WithDomain(evidence.Address), WireStatus.Of(evidence.Channel, evidence.State),
        [.. evidence.Attempts.Select(a => new AttemptView(a.Number, a.Provider, a.ClaimedAt.UtcDateTime, a.SettledAt?.UtcDateTime, a.Outcome, a.ProviderAnswer))],
        [.. evidence.Reports.Select(r => new ReportView(r.Provider, r.Reference, r.ProviderState, r.State, r.ReceivedAt.UtcDateTime))]);

    /// <param name="ClaimedAt">Written before the call was made.</param>
    /// <param name="SettledAt">When its outcome was written.</param>
    /// <param name="Answer">The provider's own words, without addresses or texts.</param>
    public sealed record AttemptView(int Number, string Provider, DateTime ClaimedAt, DateTime? SettledAt, AttemptOutcome Outcome, string? Answer);

    /// <param name="State">What it means; absent for what is not known here, or is not final.</param>
    public sealed record ReportView(string Provider, string Reference, string ProviderState, NotificationState? State, DateTime ReceivedAt);
}
