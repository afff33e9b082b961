using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>The body of <c>POST /future/orders</c>: a message to one recipient, and reminders of it.</summary>
public sealed record OrderRequest
{
    /// <summary>The caller's own name for the order, unique within its creator: sent again, it is the same order.</summary>
    public required string IdempotencyId { get; init; }

    /// <summary>Free text that comes back in answers and in the status feed.</summary>
    public string? SendersReference { get; init; }

    /// <summary>When to send, with a time zone; at once when it is left out.</summary>
    public DateTime? RequestedSendTime { get; init; }

    /// <summary>
    /// An address that is asked right before sending, and answers <c>{"sendNotification": true}</c> or <c>false</c>; reminders have their own.
    /// </summary>
    public Uri? ConditionEndpoint { get; init; }

    /// <summary>What must hold of an app instance right before sending; reminders have their own.</summary>
    public InstanceConditionRequest? InstanceCondition { get; init; }

    /// <summary>
    /// What to do when the condition gives no usable answer, nor when it is asked again after a minute: <c>Send</c>, which is the default,
    /// <c>Skip</c>, or <c>Hold</c> to ask on until there is an answer or two days have passed.
    /// </summary>
    public ConditionOnError? ConditionOnError { get; init; }
    public DialogportenAssociation? DialogportenAssociation { get; init; }
    public required RecipientRequest Recipient { get; init; }
    public IReadOnlyList<ReminderRequest>? Reminders { get; init; }

    /// <summary>Further reminders, beside those that are listed.</summary>
    public ReminderPlanRequest? ReminderPlan { get; init; }

    /// <summary>
    /// What becomes of waiting reminders when the main shipment is cancelled or stopped by its condition: <c>FollowMain</c>, which is the
    /// default, cancels them; <c>Independent</c> sends them all the same.
    /// </summary>
    public ReminderPolicy? ReminderPolicy { get; init; }

    /// <summary>
    /// The events that end what waits of the order, reminders too, of the app instance that its conditions are about: CloudEvents types such as
    /// <c>app.instance.process.completed</c> and <c>app.instance.process.movedTo.Task_3</c>.
    /// </summary>
    public IReadOnlyList<string>? StopOn { get; init; }
    public SendingWindowRequest? SendingWindow { get; init; }

    /// <summary>
    /// When the other channel of <c>EmailPreferred</c> and <c>SmsPreferred</c> is used: <c>OnFailedDelivery</c>, which is the default, when
    /// there is no address for the preferred one or what was sent over it fails; <c>OnMissingAddress</c> only in the first case.
    /// </summary>
    public Fallback? Fallback { get; init; }

    /// <summary>
    /// How long a message of the preferred channel may be without a report of its delivery before the other channel is used too: an ISO 8601
    /// duration such as <c>PT4H</c>, from a minute to two days; for ever when it is left out.
    /// </summary>
    public string? FallbackAfter { get; init; }

    /// <summary>Everybody whom the order names, with the path to where it does.</summary>
    internal IEnumerable<(string Path, RecipientRequest Recipient)> Recipients() =>
    [
        (nameof(Recipient), Recipient),
        .. (Reminders ?? []).Select((reminder, index) => ($"{nameof(Reminders)}[{index}].{nameof(Recipient)}", reminder.Recipient)),
        .. ReminderPlan?.Recipient is { } planned ? [($"{nameof(ReminderPlan)}.{nameof(Recipient)}", planned)] : Array.Empty<(string, RecipientRequest)>(),
    ];

    /// <summary>Every condition on an app instance, with the path to where it is.</summary>
    internal IEnumerable<(string Path, InstanceConditionRequest Condition)> InstanceConditions()
    {
        if (InstanceCondition is not null)
            yield return (nameof(InstanceCondition), InstanceCondition);
        for (var index = 0; index < Reminders?.Count; index++)
        {
            if (Reminders[index]?.InstanceCondition is { } condition)
                yield return ($"{nameof(Reminders)}[{index}].{nameof(InstanceCondition)}", condition);
        }
        if (ReminderPlan?.InstanceCondition is { } planned)
            yield return ($"{nameof(ReminderPlan)}.{nameof(InstanceCondition)}", planned);
    }

    internal OrderRequest WithInstanceConditions(Func<InstanceConditionRequest, InstanceConditionRequest> change)
    {
        InstanceConditionRequest? Changed(InstanceConditionRequest? condition) => condition is null ? null : change(condition);
        return this with
        {
            InstanceCondition = Changed(InstanceCondition),
            Reminders = Reminders?.Select(r => r with { InstanceCondition = Changed(r.InstanceCondition) }).ToArray(),
            ReminderPlan = ReminderPlan is null ? null : ReminderPlan with { InstanceCondition = Changed(ReminderPlan.InstanceCondition) },
        };
    }

    /// <summary>The order with every reminder of its plan listed.</summary>
    internal OrderRequest Planned(DateTimeOffset now) => ReminderPlan is { } plan
        ? this with { Reminders = [.. Reminders ?? [], .. plan.Reminders(Recipient, ShipmentsOf.SendTime(RequestedSendTime) ?? now)], ReminderPlan = null }
        : this;
}

public sealed record DialogportenAssociation(string? DialogId, string? TransmissionId);

/// <summary>A further shipment, either <c>delayDays</c> times 24 hours after the order's send time or at a time of its own.</summary>
public sealed record ReminderRequest
{
    public string? SendersReference { get; init; }
    public Uri? ConditionEndpoint { get; init; }
    public InstanceConditionRequest? InstanceCondition { get; init; }
    public ConditionOnError? ConditionOnError { get; init; }
    public int? DelayDays { get; init; }
    public DateTime? RequestedSendTime { get; init; }
    public required RecipientRequest Recipient { get; init; }
}

/// <summary>The answer to an accepted order, the same when it is sent again.</summary>
public sealed record OrderResponse(Guid NotificationOrderId, OrderResponse.Main Notification)
{
    /// <summary>What the request says that nobody reads; left out when there is nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public sealed record Main(Guid ShipmentId, string? SendersReference, IReadOnlyList<Reminder>? Reminders);

    public sealed record Reminder(Guid ShipmentId, string? SendersReference);
}
