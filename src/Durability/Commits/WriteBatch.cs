using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>The commands that write a group of steps.</summary>
sealed class WriteBatch(DurabilitySchema schema, IOptions<PostgresOutboxOptions> options)
{
    readonly string _inbox =
        $"INSERT INTO {schema.Inbox} (message_id, consumer_id, received_at) SELECT m, c, now() FROM unnest($1::uuid[], $2::uuid[]) AS n(m, c)";

    readonly string _outbox =
        $"INSERT INTO {schema.Outbox} (id, body, metadata, created_at, next_attempt_at, attempts) "
        + "SELECT i, b, m::json, now(), now() + $4::interval, 0 FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS n(i, b, m)";

    readonly string _cancel = $"DELETE FROM {schema.Scheduled} WHERE token_id = ANY($1::uuid[])";

    readonly string _timers =
        $"INSERT INTO {schema.Scheduled} (id, token_id, due_at, body, metadata) "
        + "SELECT i, t, d, b, m::json FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bytea[], $5::text[]) AS n(i, t, d, b, m)";

    // A row that the sweeper holds at this moment is the sweeper's to delete. The rows are found once: by what is known of a table that is
    // empty most of the time, PostgreSQL may take reading all of it for the cheapest way to find them again by their ids.
    readonly string _delivered =
        $"DELETE FROM {schema.Outbox} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {schema.Outbox} WHERE id = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED))";

    /// <summary>
    /// The keys by which a repeated commit recognises itself come first; then the sagas with their version checks; business writes last.
    /// Rows are sorted where several commits may meet on them.
    /// </summary>
    public void Fill(NpgsqlBatch batch, IReadOnlyList<Writes> steps)
    {
        var inbox = steps.Select(step => step.Inbox ?? step.Marker).OfType<InboxKey>().OrderBy(key => key.MessageId).ToArray();
        if (inbox.Length > 0)
            Add(batch, _inbox, Array.ConvertAll(inbox, key => key.MessageId), Array.ConvertAll(inbox, key => key.ConsumerId));

        AddMessages(batch, [.. steps.SelectMany(step => step.Messages)]);
        AddTimers(batch, steps);

        foreach (var group in steps.SelectMany(step => step.Sagas).GroupBy(write => (write.Table, write.Operation)))
        {
            var rows = group.OrderBy(write => write.CorrelationId).Select(write => write.Values).ToArray();
            foreach (var command in group.Key.Table.Commands(group.Key.Operation, rows))
                batch.BatchCommands.Add(command);
        }

        foreach (var statement in RowStatements.Joined(steps.SelectMany(step => step.Parts)))
            Add(batch, statement.Text, statement.Values);
    }

    public void AddMessages(NpgsqlBatch batch, IReadOnlyList<StoredMessage> messages)
    {
        if (messages.Count == 0)
            return;

        Add(batch, _outbox,
            messages.Select(message => message.Id).ToArray(),
            messages.Select(message => message.Body).ToArray(),
            messages.Select(message => message.MetadataJson()).ToArray(),
            options.Value.SweepAfter);
    }

    public void AddTimers(NpgsqlBatch batch, IReadOnlyList<Writes> steps)
    {
        var cancelled = steps.SelectMany(step => step.Cancelled).Order().ToArray();
        if (cancelled.Length > 0)
            Add(batch, _cancel, cancelled);

        var timers = steps.SelectMany(step => step.Timers).ToArray();
        if (timers.Length == 0)
            return;

        Add(batch, _timers,
            Array.ConvertAll(timers, timer => timer.Message.Id),
            Array.ConvertAll(timers, timer => timer.TokenId),
            Array.ConvertAll(timers, timer => timer.DueAt.ToUniversalTime()),
            Array.ConvertAll(timers, timer => timer.Message.Body),
            Array.ConvertAll(timers, timer => timer.Message.MetadataJson()));
    }

    public void AddDelivered(NpgsqlBatch batch, Guid[] ids)
    {
        if (ids.Length > 0)
            Add(batch, _delivered, ids);
    }

    static void Add(NpgsqlBatch batch, string text, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });

        batch.BatchCommands.Add(command);
    }
}
