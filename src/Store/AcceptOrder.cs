using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Writes an order with its shipments and the saga rows they start from, in the unit of work that also holds their start messages.</summary>
public static class AcceptOrder
{
    private static readonly RowStatement OrderRow = RowStatement.Insert(
        "orders",
        "id uuid", "creator text", "kind text", "idempotency_id text", "fingerprint jsonb", "created_at timestamptz", "dialog_id text", "transmission_id text",
        "reminder_policy text");

    private static readonly RowStatement ShipmentRow = RowStatement.Insert(
        "shipments",
        "id uuid", "order_id uuid", "ordinal integer", "type text", "creator text", "senders_reference text", "created_at timestamptz", "requested_send_time timestamptz",
        "recipients jsonb", "channel_schema text", "ignore_reservation boolean", "use_stale_contact_information boolean", "resource_id text", "resource_action text",
        "email_sender text", "email_subject text", "email_body text", "email_content_type text", "sms_sender text", "sms_body text", "sms_sending_time_policy text",
        "delay_days integer", "sending_window text", "condition_endpoint text", "condition_on_error text", "fallback text", "fallback_after interval",
        "instance_conditions jsonb", "texts jsonb");

    public static void Accept(this OutboxUnitOfWork work, Order order, IReadOnlyList<Shipment> shipments)
    {
        work.Enlist(OrderRow.Of(
            order.Id, order.Creator, order.Kind.ToString(), order.IdempotencyId, order.Fingerprint, order.CreatedAt, order.DialogId, order.TransmissionId,
            order.ReminderPolicy.ToString()));

        foreach (var shipment in shipments)
            work.Enlist(Insert(shipment));
    }

    private static Statement Insert(Shipment s) => ShipmentRow.Of(
        s.Id, s.OrderId, s.Ordinal, s.Type.ToString(), s.Creator, s.SendersReference, s.CreatedAt, s.RequestedSendTime,
        s.Recipients, s.ChannelSchema.ToString(), s.IgnoreReservation, s.UseStaleContactInformation, s.ResourceId, s.ResourceAction,
        s.EmailSender, s.EmailSubject, s.EmailBody, s.EmailContentType?.ToString(), s.SmsSender, s.SmsBody, s.SmsSendingTimePolicy?.ToString(),
        s.DelayDays, s.SendingWindow, s.ConditionEndpoint, s.ConditionOnError?.ToString(), s.Fallback?.ToString(), s.FallbackAfter,
        s.InstanceConditions, s.Texts);
}
