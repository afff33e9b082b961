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
    int _running;

    /// <summary>
    /// A step that is alone has nobody to share a load and a commit with; one transaction for both is cheaper then, on either engine.
    /// </summary>
    public Step Begin(InboxKey? inbox)
    {
        var writes = new Writes { Inbox = inbox };
        var isAlone = Interlocked.Increment(ref _running) == 1;
        return isAlone || options.Value.Engine == DurabilityEngine.Pessimistic
            ? new PessimisticStep(writes, dataSource, schema, batch, loader, committer, Ended)
            : new GroupedStep(writes, loader, committer, Ended);
    }

    void Ended() => Interlocked.Decrement(ref _running);
}
