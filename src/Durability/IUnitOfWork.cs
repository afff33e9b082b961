namespace Notifications.Durability;

/// <summary>What one step writes, all in one transaction.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Adds a business write. Enlisted statements run in order (where a message is for many sagas, those of each), in the commit, after the saga
    /// row; they never run when the step fails, and they may run more than once when a commit is retried, but only one of those runs is
    /// committed. What a <see cref="RowStatement"/> writes may be run together with the same of other steps and sagas.
    /// </summary>
    void Enlist(Statement statement);
}
