using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Shipments;

/// <summary><c>GET /future/shipment/feed</c>: the final states of the caller's shipments, by a cursor that never skips one.</summary>
public static class GetFeed
{
    public const int LargestPage = 500;

    public static void MapGetFeed(this IEndpointRouteBuilder routes) => routes
        .MapGet("/future/shipment/feed", Handle)
        .WithName("GetFeed").WithTags("Status").WithSummary("Final states since a sequence number")
        .Produces<FeedEntryResponse[]>()
        .ProducesValidationProblem();

    private static async Task<IResult> Handle(HttpContext http, ReadFeed feed, string? seq, string? pageSize, string? orderBy)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!long.TryParse(seq ?? "0", CultureInfo.InvariantCulture, out var sequence) || sequence < 0)
            errors["Seq"] = ["Give a sequence number from 0 on."];
        if (!int.TryParse(pageSize ?? LargestPage.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var size))
            errors["PageSize"] = ["Give a number."];
        if (!Enum.TryParse<FeedOrder>(orderBy ?? nameof(FeedOrder.Asc), ignoreCase: true, out var order) || !Enum.IsDefined(order))
            errors["OrderBy"] = ["Give Asc or Desc."];
        if (errors.Count > 0)
            return Problems.Invalid(errors);

        var entries = await feed.Read(Creator.Of(http.User)!, sequence, Math.Clamp(size, 1, LargestPage), order == FeedOrder.Desc, http.RequestAborted);
        return Results.Json(entries.Select(e => Numbered(e.Sequence, e.Entry)));
    }

    private static JsonObject Numbered(long sequence, JsonElement entry)
    {
        var numbered = new JsonObject { ["sequenceNumber"] = sequence };
        foreach (var member in entry.EnumerateObject())
            numbered[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return numbered;
    }

    private enum FeedOrder
    {
        Asc,
        Desc,
    }
}

/// <summary>One final state.</summary>
public sealed record FeedEntryResponse(
    long SequenceNumber, Guid ShipmentId, string? SendersReference, IReadOnlyList<FeedEntryResponse.Recipient> Recipients,
    string Status, DateTime LastUpdate, ShipmentType ShipmentType)
{
    public sealed record Recipient(string Destination, string Status, DateTime LastUpdate);
}
