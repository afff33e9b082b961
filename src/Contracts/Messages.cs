namespace Notifications.Contracts;

/// <summary>
/// The time of a shipment has come, or had come when it was ordered. Starts the shipment's saga; a second copy changes nothing.
/// Source: the API, in the transaction that accepted the order.
/// </summary>
public sealed record ShipmentDue(Guid ShipmentId);

/// <summary>
/// The timer of a shipment that waits for its send time. Source: the scheduler; its scheduling token names the instance's current timer,
/// so that the timer of an earlier plan is not heard.
/// </summary>
public sealed record SendTimeReached(Guid ShipmentId);

/// <summary>
/// Ask the shipment's send condition. The answer is <see cref="ConditionMet"/>, <see cref="ConditionNotMet"/> or
/// <see cref="ConditionUnknown"/>.
/// </summary>
public sealed record CheckCondition(Guid ShipmentId);

/// <summary>The send condition said yes when it was asked.</summary>
public sealed record ConditionMet(Guid ShipmentId, DateTimeOffset AskedAt);

/// <summary>The send condition said no.</summary>
public sealed record ConditionNotMet(Guid ShipmentId);

/// <summary>The send condition gave no usable answer, or may not be asked. The saga asks again later, and then does what the order says.</summary>
public sealed record ConditionUnknown(Guid ShipmentId);

/// <summary>The timer after <see cref="ConditionUnknown"/>. Source: the scheduler.</summary>
public sealed record AskConditionAgain(Guid ShipmentId);

/// <summary>
/// A message of a shipment with a send condition was put off and may leave now, if the condition still holds. Source: the claim that found
/// the last answer too old.
/// </summary>
public sealed record HandOffAwaitsCondition(Guid ShipmentId);

/// <summary>
/// Find out how the shipment's recipient can be reached. The resolver stores what it found and answers
/// <see cref="RecipientsResolved"/>, or <see cref="RecipientsUnavailable"/> when a dependency failed.
/// </summary>
public sealed record ResolveRecipients(Guid ShipmentId);

/// <summary>What could be found about the shipment's recipient is stored; the message does not say what it is.</summary>
public sealed record RecipientsResolved(Guid ShipmentId);

/// <summary>
/// A dependency of the resolver gave no usable answer, so nothing is known about the recipient. The saga asks again later, within bounds;
/// this never means that nobody can be reached.
/// </summary>
public sealed record RecipientsUnavailable(Guid ShipmentId);

/// <summary>The timer after <see cref="RecipientsUnavailable"/>. Source: the scheduler.</summary>
public sealed record ResolveAgain(Guid ShipmentId);

/// <summary>
/// Comes behind the messages of one part of a shipment's recipients, in the queue of their channel, and is answered with
/// <see cref="PlanMoreNotifications"/>: so no more than one part stands in that queue, and others do not wait for the whole.
/// </summary>
public sealed record GoOnPlanning(Guid ShipmentId, int FromRecipient);

/// <summary>
/// Go on with the notifications of a shipment that has many recipients. Source: the saga itself, after it has planned those before
/// <paramref name="FromRecipient"/>; heeded once.
/// </summary>
public sealed record PlanMoreNotifications(Guid ShipmentId, int FromRecipient);

/// <summary>
/// Fetch the files that go with the shipment's e-mail, and keep them. The answer is <see cref="AttachmentsFetched"/>,
/// <see cref="AttachmentsRefused"/> or <see cref="AttachmentsUnavailable"/>.
/// </summary>
public sealed record FetchAttachments(Guid ShipmentId);

/// <summary>Every file that goes with the shipment's e-mail is in the database.</summary>
public sealed record AttachmentsFetched(Guid ShipmentId);

/// <summary>One of the files is missing, too large or not what the order says; the database says which and what of it. It is final.</summary>
public sealed record AttachmentsRefused(Guid ShipmentId);

/// <summary>The storage gave no usable answer. The saga asks again, within bounds.</summary>
public sealed record AttachmentsUnavailable(Guid ShipmentId);

/// <summary>Hand one e-mail notification to the e-mail provider. Heeded only while the notification waits to be handed off.</summary>
public sealed record SendEmail(Guid NotificationId);

/// <summary>As <see cref="SendEmail"/>, for a notification with attachments, which takes longer and more memory.</summary>
public sealed record SendComposedEmail(Guid NotificationId);

/// <summary>Hand one SMS notification to the SMS gateway. Heeded only while the notification waits to be handed off.</summary>
public sealed record SendSms(Guid NotificationId);

/// <summary>As <see cref="SendSms"/>, over a channel other than e-mail and SMS, at whose queue it arrives.</summary>
public sealed record SendOverChannel(Guid NotificationId);

/// <summary>
/// A notification of the shipment has failed that has a fallback: what was kept for the other channel may be needed. Source: the transaction
/// that made it fail.
/// </summary>
public sealed record DeliveryFailed(Guid ShipmentId);

/// <summary>The timer of a shipment whose order does not wait for ever for the report of a delivery. Source: the scheduler.</summary>
public sealed record FallbackTimeReached(Guid ShipmentId);

/// <summary>
/// Every notification of each of these shipments is final. One message for all whose last notification one transaction made final, so that
/// their sagas go on in one commit too. Source: that transaction.
/// </summary>
public sealed record NotificationsSettled(params IReadOnlyList<Guid> ShipmentIds);

/// <summary>
/// The shipment has stood in one state for longer than that state allows, by the database. The saga drives it again from where it stands.
/// Source: the reconciler.
/// </summary>
public sealed record ShipmentStoodStill(Guid ShipmentId);
