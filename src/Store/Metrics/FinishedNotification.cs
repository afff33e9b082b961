namespace Notifications.Store;

/// <summary>A notification with its end, and what its text was made of.</summary>
/// <param name="ProviderReference">Null when no provider has taken it.</param>
/// <param name="Text">Of an SMS, with its placeholders.</param>
public sealed record FinishedNotification(
    Guid Id, string? SendersReference, DateTimeOffset RequestedSendTime, string Creator, string? ResourceId, NotificationState State, string? ProviderReference,
    string Address, PersonalText Text);

/// <param name="Template">As it was ordered.</param>
public sealed record PersonalText(string Template, string? RecipientName, string? RecipientNumber, string? ResourceName);

/// <summary>How many notifications of a creator ended alike.</summary>
/// <param name="Text">The text of an SMS, which all of them had.</param>
public sealed record FinishedCount(string Creator, Channel Channel, bool IsDelivered, long Count, PersonalText Text);
