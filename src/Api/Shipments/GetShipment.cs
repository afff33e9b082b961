using System.Text.Json.Serialization;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Shipments;

/// <summary><c>GET /future/shipment/{id}</c>: where one shipment stands, and each of its notifications.</summary>
public static class GetShipment
{
    public static void MapGetShipment(this IEndpointRouteBuilder routes) => routes
        .MapGet("/future/shipment/{id:guid}", Handle)
        .WithName("GetShipment").WithTags("Status").WithSummary("Where one shipment stands")
        .Produces<ShipmentResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, ReadShipments shipments) =>
        await shipments.Shipment(Creator.Of(http.User)!, id, http.RequestAborted) is { } shipment
            ? Results.Json(ShipmentResponse.Of(shipment))
            : Problems.Coded("NOT-00003", StatusCodes.Status404NotFound, "Shipment not found", "Not Found");
}

public sealed record ShipmentResponse(
    Guid ShipmentId, string? SendersReference, ShipmentType Type, string Status, DateTime LastUpdate, IReadOnlyList<ShipmentResponse.Recipient> Recipients)
{
    public static ShipmentResponse Of(ShipmentView shipment) => new(
        shipment.Id, shipment.SendersReference, shipment.Type, WireStatus.Of(shipment.State), shipment.LastUpdate.UtcDateTime,
        [.. shipment.Notifications.Select(n => new Recipient(
            n.Channel.WireName, n.Address, WireStatus.Of(n.Channel, n.State), n.LastUpdate.UtcDateTime))]);

    /// <param name="Type"><c>Email</c> or <c>SMS</c>.</param>
    /// <param name="Destination">Empty when the recipient could not be reached; the status says why.</param>
    public sealed record Recipient([property: JsonPropertyOrder(-1)] string Type, string Destination, string Status, DateTime LastUpdate);
}
