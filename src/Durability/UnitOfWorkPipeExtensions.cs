using MassTransit;

namespace Notifications.Durability;

public static class UnitOfWorkPipeExtensions
{
    /// <summary>Adds a business write to the commit of the message being consumed.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has no outbox, so there is no commit to join.</exception>
    public static void Enlist(this PipeContext context, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.TryGetPayload<IUnitOfWork>(out var unitOfWork))
            throw new InvalidOperationException("There is no unit of work here: call UsePostgresOutbox(context) on the receive endpoint.");

        unitOfWork.Enlist(statement);
    }
}
