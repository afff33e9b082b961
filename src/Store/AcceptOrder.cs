using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Writes an order with its shipments and the saga rows they start from, in the unit of work that also holds their start messages.</summary>
public static class AcceptOrder
{
    public static void Accept(this OutboxUnitOfWork work, Order order, IReadOnlyList<Shipment> shipments)
    {
        work.Enlist(new Statement(
            """
            INSERT INTO orders (id, creator, kind, idempotency_id, fingerprint, created_at, dialog_id, transmission_id, reminder_policy)
            VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
            """,
            order.Id, order.Creator, order.Kind.ToString(), order.IdempotencyId, order.Fingerprint, order.CreatedAt, order.DialogId, order.TransmissionId,
            order.ReminderPolicy.ToString()));

        foreach (var shipment in shipments)
            work.Enlist(Insert(shipment));
    }

    private static Statement Insert(Shipment s) => new(
        """
        INSERT INTO shipments (id, order_id, ordinal, type, creator, senders_reference, created_at, requested_send_time,
            recipients, channel_schema, ignore_reservation, use_stale_contact_information, resource_id, resource_action,
            email_sender, email_subject, email_body, email_content_type, sms_sender, sms_body, sms_sending_time_policy, delay_days, sending_window,
            condition_endpoint, condition_on_error, fallback, fallback_after, instance_conditions, texts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28::jsonb, $29::jsonb)
        """,
        s.Id, s.OrderId, s.Ordinal, s.Type.ToString(), s.Creator, s.SendersReference, s.CreatedAt, s.RequestedSendTime,
        s.Recipients, s.ChannelSchema.ToString(), s.IgnoreReservation, s.UseStaleContactInformation, s.ResourceId, s.ResourceAction,
        s.EmailSender, s.EmailSubject, s.EmailBody, s.EmailContentType?.ToString(), s.SmsSender, s.SmsBody, s.SmsSendingTimePolicy?.ToString(), s.DelayDays, s.SendingWindow,
        s.ConditionEndpoint, s.ConditionOnError?.ToString(), s.Fallback?.ToString(), s.FallbackAfter, s.InstanceConditions, s.Texts);
}
