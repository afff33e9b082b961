using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>Deletes delivered outbox rows that no commit took along, and inbox entries past the duplicate detection window.</summary>
sealed partial class TableCleaner(
    NpgsqlDataSource dataSource,
    WriteBatch writeBatch,
    DeliveredRows delivered,
    DurabilitySchema schema,
    IOptions<PostgresOutboxOptions> options,
    ILogger<TableCleaner> logger) : BackgroundService
{
    const int InboxBatch = 5000;
    static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestInboxInterval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        var inboxInterval = options.Value.DuplicateDetectionWindow / 10;
        if (inboxInterval > LongestInboxInterval)
            inboxInterval = LongestInboxInterval;

        var inboxCleaned = TimeProvider.System.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(FlushInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Flush();
                if (TimeProvider.System.GetElapsedTime(inboxCleaned) > inboxInterval && await CleanInbox(stoppingToken) < InboxBatch)
                    inboxCleaned = TimeProvider.System.GetTimestamp();

                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failing)
                    LogFailed(logger, Reason.Of(exception));

                failing = true;
            }
        }
    }

    async Task Flush()
    {
        for (var ids = delivered.Take(FlushInterval); ids.Length > 0; ids = delivered.Take(FlushInterval))
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync();
                await using var batch = new NpgsqlBatch(connection);
                // Losing this commit would only mean delivering again.
                batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL synchronous_commit = off"));
                writeBatch.AddDelivered(batch, ids);
                await batch.ExecuteNonQueryAsync();
            }
            catch
            {
                delivered.Return(ids);
                throw;
            }
        }
    }

    async Task<int> CleanInbox(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"DELETE FROM {schema.Inbox} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {schema.Inbox} WHERE received_at < now() - $1::interval LIMIT $2))");
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.DuplicateDetectionWindow });
        command.Parameters.Add(new NpgsqlParameter { Value = InboxBatch });
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The durability tables cannot be cleaned; trying again until they can ({Reason})")]
    static partial void LogFailed(ILogger logger, string reason);
}
