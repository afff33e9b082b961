namespace Notifications.Durability;

static class Reason
{
    /// <summary>Why something failed, in one line: what is away is said by the host's health, and messages of the database may quote rows.</summary>
    public static string Of(Exception exception) => exception switch
    {
        Npgsql.PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        { InnerException: { } inner } => $"{exception.GetType().Name}: {inner.GetType().Name}",
        _ => exception.GetType().Name,
    };
}
