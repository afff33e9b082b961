namespace Notifications.Local;

/// <summary>Something went wrong that the user can do something about; the message says what, and what to do.</summary>
public sealed class LocalException : Exception
{
    public LocalException()
    {
    }

    public LocalException(string message)
        : base(message)
    {
    }

    public LocalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
