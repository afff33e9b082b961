using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Support;

/// <summary>
/// <c>GET /future/dashboard/recipients/notifications/nin</c> and <c>/orgnumber</c>: what was sent to a person or an organization, whoever
/// sent it. Who looks is recorded before they see anything.
/// </summary>
public static class GetRecipientNotifications
{
    private const string Path = "future/dashboard/recipients/notifications/";

    public static void MapGetRecipientNotifications(this IEndpointRouteBuilder routes)
    {
        var dashboard = routes.MapGroup("").RequireAuthorization(AccessRegistration.MaySupport).WithTags("Support");
        dashboard.MapGet($"/{Path}nin", ([FromHeader(Name = "NationalIdentityNumber")] string? number, [AsParameters] Look look) => look.At(SupportSubject.Person, number))
            .WithName("GetNotificationsOfPerson").WithSummary("What was sent to a person")
            .Produces<RecipientShipment[]>().ProducesValidationProblem();
        dashboard.MapGet($"/{Path}orgnumber", ([FromHeader(Name = "OrganizationNumber")] string? number, [AsParameters] Look look) => look.At(SupportSubject.Organization, number))
            .WithName("GetNotificationsOfOrganization").WithSummary("What was sent to an organization")
            .Produces<RecipientShipment[]>().ProducesValidationProblem();
    }

    internal sealed record Look(
        HttpContext Http, FindNotifications Notifications, PublicAddress Address, TimeProvider Clock,
        [FromQuery(Name = "from")] string? From, [FromQuery(Name = "to")] string? To,
        [FromQuery(Name = "before")] string? Before, [FromQuery(Name = "pageSize")] string? PageSize)
    {
        public async Task<IResult> At(SupportSubject kind, string? number)
        {
            if (SupportQuery.Read(kind, number, From, To, Before, PageSize, Clock.GetUtcNow(), out var errors) is not { } query)
                return Problems.Invalid(errors);
            if (SupportReader.Of(Http.User) is not { } reader)
                return Results.StatusCode(StatusCodes.Status403Forbidden);

            var before = query.Before ?? new PageCursor(query.To, Guid.AllBitsSet);
            var found = await Notifications.Find(kind, query.Number, query.From, (before.Time, before.Id), query.PageSize + 1, Http.RequestAborted);
            var shown = found.Take(query.PageSize).ToArray();
            await Notifications.Keep(reader, kind, query.From, query.To, shown, Http.RequestAborted);

            var answer = Results.Json(shown.Select(s => RecipientShipment.Of(s, kind, query.Number))).With("Cache-Control", "no-store");
            return found.Count > shown.Length ? answer.WithNextPage(Next(query, shown[^1])) : answer;
        }

        private string Next(SupportQuery query, FoundShipment last) => Address.Of(string.Create(CultureInfo.InvariantCulture,
            $"{Path}{(query.Kind == SupportSubject.Person ? "nin" : "orgnumber")}?from={query.From.UtcDateTime:O}&pageSize={query.PageSize}&before={new PageCursor(last.RequestedSendTime, last.Id)}"));
    }
}
