using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// Takes over some of the timers that are due, in the transaction in which the others fire: so many at once that whatever comes behind them on
/// the bus would wait. What is taken over is never fired.
/// </summary>
/// <param name="transaction">Holds the timers.</param>
/// <param name="tokens">The timers, by their tokens.</param>
/// <param name="now">By the workflow's clock.</param>
/// <param name="ct">Ends the waiting.</param>
/// <returns>The tokens of those that are taken over.</returns>
public delegate Task<IReadOnlyCollection<Guid>> TakeTimers(NpgsqlTransaction transaction, IReadOnlyCollection<Guid> tokens, DateTimeOffset now, CancellationToken ct);
