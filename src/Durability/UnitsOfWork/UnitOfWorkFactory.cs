using Npgsql;

namespace Notifications.Durability;

sealed class UnitOfWorkFactory(
    NpgsqlDataSource dataSource,
    DurabilitySchema schema,
    Committer committer,
    WriteBatch batch,
    MessageWriter writer,
    OutboxDelivery delivery,
    TimerDispatcher timers) : IUnitOfWorkFactory
{
    public OutboxUnitOfWork Begin() => new(schema, committer, writer, delivery, timers);

    public async Task<OutboxTransaction> BeginTransaction(CancellationToken ct = default)
    {
        var connection = await dataSource.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct);
            return new OutboxTransaction(connection, transaction, batch, writer, delivery, timers);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
