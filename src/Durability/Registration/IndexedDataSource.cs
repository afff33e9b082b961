using Npgsql;

namespace Notifications.Durability;

/// <summary>Connections whose statements go by an index.</summary>
public static class IndexedDataSource
{
    /// <summary>
    /// Adds to the connection's options. PostgreSQL may plan a scan while a table is small, and a prepared statement would keep that plan
    /// while the table grows, until the next ANALYZE. And each statement gets one plan, whatever its parameters: a short array makes a plan of its
    /// own look cheap, and PostgreSQL would make one at every execution, which for some takes longer than to execute them. Nor is
    /// any compiled (JIT), which PostgreSQL would do for their cost: where a scan cannot be avoided, it now reckons an absurd one.
    /// </summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Options = $"{connection.Options} -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan".Trim();
        return NpgsqlDataSource.Create(connection.ConnectionString);
    }
}
