using Npgsql;

namespace Notifications.Store;

/// <summary>How many orders of a creator's quota are taken on a day.</summary>
public sealed class DailyOrders
{
    public required string Creator { get; init; }
    public required DateOnly Day { get; init; }
    public required int Orders { get; init; }
}

/// <summary>Takes orders off a day's quota, some at a time, so that not every order writes here.</summary>
public sealed class ReserveOrders(NpgsqlDataSource database)
{
    /// <summary>How many of the wanted orders are left within the quota; 0 when it is used up.</summary>
    public async Task<int> Reserve(string creator, DateOnly day, int wanted, int quota, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command("INSERT INTO daily_orders (creator, day, orders) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", creator, day));
        batch.BatchCommands.Add(Sql.Command(
            """
            UPDATE daily_orders d SET orders = least(d.orders + $3, $4)
            FROM (SELECT orders FROM daily_orders WHERE creator = $1 AND day = $2 FOR UPDATE) before
            WHERE d.creator = $1 AND d.day = $2 AND before.orders < $4
            RETURNING d.orders - before.orders
            """, creator, day, wanted, quota));
        return await batch.ExecuteScalarAsync(cancellationToken) is int taken ? taken : 0;
    }

    /// <summary>How many of the day's orders the hosts have taken off the quota.</summary>
    public async Task<int> Taken(string creator, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT orders FROM daily_orders WHERE creator = $1 AND day = $2", creator, day);
        return await command.ExecuteScalarAsync(cancellationToken) is int orders ? orders : 0;
    }
}
