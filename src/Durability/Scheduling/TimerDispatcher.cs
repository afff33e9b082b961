using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// Moves due timers to the outbox and has them delivered. It knows the time of the next one and wakes up for it; timers that other hosts
/// committed meanwhile are found by the next look at the table, and the clock is read often enough to see it being moved.
/// </summary>
sealed partial class TimerDispatcher(
    NpgsqlDataSource dataSource,
    OutboxDelivery delivery,
    DurabilitySchema schema,
    TimeProvider clock,
    IOptions<PostgresOutboxOptions> options,
    ILogger<TimerDispatcher> logger) : BackgroundService
{
    const int Batch = 1000;
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim _nearer = new(0, 1);
    long _next = long.MaxValue;

    /// <summary>Tells the dispatcher of timers that this host has committed.</summary>
    public void Watch(IReadOnlyCollection<StoredTimer> timers)
    {
        if (timers.Count == 0)
            return;

        var nearest = timers.Min(timer => timer.DueAt).UtcTicks;
        if (Nearest(nearest))
            WakeUp();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.DispatchTimers)
            return;

        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Dispatch(stoppingToken);
                if (failing)
                    LogRecovered(logger);

                failing = false;
                await WaitForNext(stoppingToken);
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
                await Task.Delay(LookInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Dispatch(CancellationToken ct)
    {
        Volatile.Write(ref _next, long.MaxValue);
        if (options.Value.TakeTimers is not { } take)
        {
            while (await Move(Batch, ct))
                continue;
        }
        else if (await Move(options.Value.Crowd, ct))
        {
            while (await Divide(take, ct))
                continue;
        }
    }

    /// <summary>Returns whether there may be more. One statement, so that firing and cancelling are decided by who gets the row.</summary>
    async Task<bool> Move(int most, CancellationToken ct)
    {
        await delivery.Room(ct);
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(
            Fire($"ARRAY(SELECT id FROM {schema.Scheduled} WHERE due_at <= $2 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)"), options.Value.SweepAfter, now, most));
        batch.BatchCommands.Add(Next(now));
        var messages = await Read(batch, ct);
        delivery.Enqueue(messages);
        return messages.Count == most;
    }

    /// <summary>The same for a crowd, of which somebody takes over a part.</summary>
    async Task<bool> Divide(TakeTimers take, CancellationToken ct)
    {
        await delivery.Room(ct);
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var due = await Due(transaction, now, ct);
        var taken = (await take(transaction, [.. due.Select(timer => timer.Token)], now, ct)).ToHashSet();

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(
            Fire("$2::uuid[]"), options.Value.SweepAfter, due.Where(timer => !taken.Contains(timer.Token)).Select(timer => timer.Id).ToArray()));
        batch.BatchCommands.Add(Next(now));
        batch.BatchCommands.Add(Command(
            $"DELETE FROM {schema.Scheduled} WHERE id = ANY($1::uuid[])", due.Where(timer => taken.Contains(timer.Token)).Select(timer => timer.Id).ToArray()));
        var messages = await Read(batch, ct);
        await transaction.CommitAsync(ct);
        delivery.Enqueue(messages);
        return due.Count == Batch;
    }

    async Task<List<(Guid Id, Guid Token)>> Due(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT id, token_id FROM {schema.Scheduled} WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = now }, new() { Value = Batch } },
        };
        var due = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add((reader.GetGuid(0), reader.GetGuid(1)));

        return due;
    }

    /// <summary>Makes messages of timers, which an array names; its first parameter says when the sweeper takes them.</summary>
    string Fire(string ids)
        => $"WITH due AS (DELETE FROM {schema.Scheduled} WHERE id = ANY({ids}) RETURNING id, body, metadata) "
            + $"INSERT INTO {schema.Outbox} (id, body, metadata, created_at, next_attempt_at, attempts) "
            + "SELECT id, body, metadata, now(), now() + $1::interval, 0 FROM due RETURNING id, body, metadata";

    NpgsqlBatchCommand Next(DateTimeOffset now) => Command($"SELECT due_at FROM {schema.Scheduled} WHERE due_at > $1 ORDER BY due_at LIMIT 1", now);

    static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });

        return command;
    }

    /// <summary>The messages that were made, and the time of the next timer.</summary>
    async Task<List<StoredMessage>> Read(NpgsqlBatch batch, CancellationToken ct)
    {
        var messages = new List<StoredMessage>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            messages.Add(StoredMessage.Read(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)));

        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct))
            Nearest(reader.GetFieldValue<DateTimeOffset>(0).UtcTicks);

        return messages;
    }

    async Task WaitForNext(CancellationToken ct)
    {
        var looked = clock.GetUtcNow();
        while (!ct.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            var next = Math.Min(Volatile.Read(ref _next), (looked + LookInterval).UtcTicks);
            if (next <= now.UtcTicks || now < looked)
                return;

            var pause = TimeSpan.FromTicks(next - now.UtcTicks);
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(Task.Delay(pause, clock, woken.Token), _nearer.WaitAsync(woken.Token));
            await woken.CancelAsync();
        }
    }

    bool Nearest(long due)
    {
        for (var next = Volatile.Read(ref _next); due < next; next = Volatile.Read(ref _next))
        {
            if (Interlocked.CompareExchange(ref _next, due, next) == next)
                return true;
        }

        return false;
    }

    void WakeUp()
    {
        try
        {
            _nearer.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has woken it already.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due timers cannot be dispatched; trying again until they can ({Reason})")]
    static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Due timers are dispatched again")]
    static partial void LogRecovered(ILogger logger);
}
