using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// Delivers rows that were not delivered from memory: after a crash, while the broker was away, or when no queue took them.
/// Any number of hosts may sweep. While sending fails it tries one row at a time, then quickly more.
/// </summary>
sealed partial class OutboxSweeper(
    NpgsqlDataSource dataSource,
    MessageSender sender,
    DurabilitySchema schema,
    IOptions<PostgresOutboxOptions> options,
    ILogger<OutboxSweeper> logger) : BackgroundService
{
    const int Growth = 16;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Sweep)
            return;

        var limit = 1;
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (found, sent, failure) = await Sweep(limit, stoppingToken);
                if (failure is not null && !failing)
                    LogFailed(logger, found - sent, Reason.Of(failure));
                else if (failure is null && found > 0 && failing)
                    LogRecovered(logger);

                failing = failure is null ? failing && found == 0 : true;
                limit = sent > 0 || found == 0 ? Math.Min(limit * Growth, options.Value.SweepBatch) : 1;
                if (sent == 0)
                    await Task.Delay(found > 0 ? options.Value.SweepInterval / 4 : options.Value.SweepInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failing)
                    LogStopped(logger, Reason.Of(exception));

                failing = true;
                await Task.Delay(options.Value.SweepInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<(int Found, int Sent, Exception? Failure)> Sweep(int limit, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var messages = await Take(connection, limit, ct);
        if (messages.Count == 0)
            return (0, 0, null);

        var failures = await Task.WhenAll(messages.Select(message => TrySend(message, ct)));
        var sent = messages.Where((_, i) => failures[i] is null).Select(message => message.Id).ToArray();
        var failed = messages.Where((_, i) => failures[i] is not null).Select(message => message.Id).ToArray();

        await using var settle = new NpgsqlBatch(connection, transaction);
        settle.BatchCommands.Add(new NpgsqlBatchCommand($"DELETE FROM {schema.Outbox} WHERE id = ANY($1)")
        {
            Parameters = { new() { Value = sent } },
        });
        settle.BatchCommands.Add(new NpgsqlBatchCommand(
            $"UPDATE {schema.Outbox} SET attempts = attempts + 1, next_attempt_at = now() + $2::interval WHERE id = ANY($1)")
        {
            Parameters = { new() { Value = failed }, new() { Value = RetryAfter } },
        });
        await settle.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return (messages.Count, sent.Length, failures.FirstOrDefault(failure => failure is not null));
    }

    async Task<List<StoredMessage>> Take(NpgsqlConnection connection, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT id, body, metadata FROM {schema.Outbox} WHERE next_attempt_at <= now() ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = limit });

        var messages = new List<StoredMessage>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            messages.Add(StoredMessage.Read(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)));

        return messages;
    }

    async Task<Exception?> TrySend(StoredMessage message, CancellationToken ct)
    {
        try
        {
            await sender.Send(message, ct);
            return null;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            return exception;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages of the outbox could not be delivered; trying again until they can ({Reason})")]
    static partial void LogFailed(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox cannot be swept; trying again until it can ({Reason})")]
    static partial void LogStopped(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages of the outbox are delivered again")]
    static partial void LogRecovered(ILogger logger);
}
