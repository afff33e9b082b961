using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>Why a shipment cannot be cancelled any more, in words.</summary>
internal static class TooLate
{
    /// <summary>Null for a shipment that is cancelled.</summary>
    public static string? ToCancel(ShipmentView shipment) => WireStatus.Of(shipment.State) switch
    {
        WireStatus.Cancelled => null,
        WireStatus.Completed => "The shipment is completed.",
        WireStatus.SendConditionNotMet => "The send condition was not met; nothing is sent.",
        _ => "A message was handed to the provider.",
    };
}
