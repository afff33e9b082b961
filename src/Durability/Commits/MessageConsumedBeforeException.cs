namespace Notifications.Durability;

/// <summary>Leads a duplicate out of the pipeline; never seen outside.</summary>
sealed class MessageConsumedBeforeException() : Exception("The message was consumed before.");
