namespace Notifications.Durability;

/// <summary>Begins units of work outside consumers: in HTTP endpoints and background services. A singleton.</summary>
public interface IUnitOfWorkFactory
{
    /// <summary>A unit of work that is committed together with others, in one round trip.</summary>
    OutboxUnitOfWork Begin();

    /// <summary>A transaction of its own, for messages that depend on what statements returned.</summary>
    Task<OutboxTransaction> BeginTransaction(CancellationToken ct = default);
}
