namespace Notifications.Durability;

/// <summary>Another commit changed or created the saga instance first. The step is run again on a fresh load, within bounds.</summary>
public sealed class SagaConflictException : Exception
{
    public SagaConflictException()
        : this("Another commit changed or created the saga instance first.")
    {
    }

    public SagaConflictException(string message)
        : base(message)
    {
    }

    public SagaConflictException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
