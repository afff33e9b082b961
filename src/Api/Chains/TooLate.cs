using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>Why a shipment cannot be cancelled any more, in words.</summary>
internal static class TooLate
{
    /// <summary>Null for a shipment that is cancelled.</summary>
    public static string? ToCancel(ShipmentView shipment) => ToCancel(shipment.State);

    /// <inheritdoc cref="ToCancel(ShipmentView)"/>
    public static string? ToCancel(string sagaState) => WireStatus.Of(sagaState) switch
    {
        WireStatus.Cancelled => null,
        WireStatus.Completed => "The shipment is completed.",
        WireStatus.SendConditionNotMet => "The send condition was not met; nothing is sent.",
        _ => "A message was handed to the provider.",
    };
}
