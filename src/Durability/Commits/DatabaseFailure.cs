using System.Net.Sockets;
using Npgsql;

namespace Notifications.Durability;

/// <summary>What a failed statement means for the step.</summary>
static class DatabaseFailure
{
    /// <summary>Deadlock, serialization failure, shutdown, lost connection: the same work may succeed when it is done again.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        PostgresException { SqlState: var state } when state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) => true,
        PostgresException => false,
        NpgsqlException { InnerException: TimeoutException or IOException or SocketException } => true,
        NpgsqlException { IsTransient: true } => true,
        SocketException or IOException => true,
        _ => false,
    };

    public static bool IsStale(Exception exception, Writes step)
        => exception is PostgresException postgres && step.Sagas.Any(write => postgres.SqlState switch
        {
            PostgresErrorCodes.DivisionByZero => write.Operation != SagaOperation.Insert,
            PostgresErrorCodes.UniqueViolation => write.Operation == SagaOperation.Insert && Names(write.Table.Name, postgres.TableName),
            _ => false,
        });

    public static bool IsUniqueViolationOf(Exception exception, string table)
        => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres && Names(table, postgres.TableName);

    static bool Names(string qualified, string? table)
        => table is not null && qualified.EndsWith(DurabilitySchema.Quote(table), StringComparison.Ordinal);
}
