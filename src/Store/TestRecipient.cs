namespace Notifications.Store;

/// <summary>Where a creator may send in an environment that sends to listed addresses only: an address, or <c>@</c> and a whole domain.</summary>
public sealed class TestRecipient
{
    public required string Creator { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>In the form in which addresses are compared.</summary>
    public required string Address { get; init; }
}
