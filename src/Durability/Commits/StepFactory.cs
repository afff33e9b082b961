using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>Begins steps on the configured engine.</summary>
sealed class StepFactory(
    NpgsqlDataSource dataSource,
    DurabilitySchema schema,
    WriteBatch batch,
    GroupLoader loader,
    Committer committer,
    IOptions<PostgresOutboxOptions> options)
{
    public Step Begin(InboxKey? inbox)
    {
        var writes = new Writes { Inbox = inbox };
        return options.Value.Engine == DurabilityEngine.GroupCommit
            ? new GroupedStep(writes, loader, committer)
            : new PessimisticStep(writes, dataSource, schema, batch, loader, committer);
    }
}
