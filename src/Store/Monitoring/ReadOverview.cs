using Npgsql;

namespace Notifications.Store;

/// <summary>How many there are of something, and since when the oldest has been there.</summary>
/// <param name="Count">Never more than <paramref name="Most"/>, so that it costs the same however many there are.</param>
public sealed record Tally(string Name, long Count, long Most, DateTimeOffset? Oldest)
{
    /// <summary>There are more than were counted.</summary>
    public bool IsMore => Count >= Most;
}

/// <summary>Everything that is under way, by how far it has come, and what has become final lately.</summary>
/// <param name="Shipments">By the states of their sagas.</param>
/// <param name="Messages">By what they wait for.</param>
/// <param name="Machinery">What keeps everything moving.</param>
/// <param name="Finished">By the final status of shipments of the last hour.</param>
/// <param name="AboutOpen">About how many shipments are not final, by the statistics of the database; null while it has none.</param>
public sealed record Overview(
    IReadOnlyList<Tally> Shipments, IReadOnlyList<Tally> Messages, IReadOnlyList<Tally> Machinery, IReadOnlyList<Tally> Finished, long? AboutOpen);

/// <summary>What operators look at first. Nothing here reads more than a bounded stretch of an index, over however many orders.</summary>
public sealed class ReadOverview(NpgsqlDataSource database, TimeProvider clock)
{
    public const long MostShipments = 100_000;
    public const long MostMessages = 10_000;

    public const string Overdue = "Overdue";
    public const string DueEmail = "DueEmail";
    public const string DueSms = "DueSms";
    public const string LaterEmail = "LaterEmail";
    public const string LaterSms = "LaterSms";
    public const string Calls = "Calls";
    public const string Unreported = "Unreported";
    public const string UnmatchedReports = "UnmatchedReports";
    public const string Outbox = "Outbox";
    public const string Timers = "Timers";
    public const string FailingWebhooks = "FailingWebhooks";
    public const string DisabledWebhooks = "DisabledWebhooks";

    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private static readonly string[] Messages = [DueEmail, DueSms, LaterEmail, LaterSms, Calls, Unreported, UnmatchedReports];
    private static readonly string[] Machinery = [Overdue, Timers, Outbox, FailingWebhooks, DisabledWebhooks];

    /// <param name="states">The states of shipments that are not final, in their order.</param>
    public async Task<Overview> Read(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(
            $"""
            SELECT state, (SELECT count(*) FROM (SELECT FROM order_state WHERE current_state = state AND stands_until IS NOT NULL ORDER BY state_since LIMIT {MostShipments}) AS counted),
                (SELECT min(state_since) FROM order_state WHERE current_state = state AND stands_until IS NOT NULL)
            FROM unnest($1::text[]) WITH ORDINALITY AS states (state, place) ORDER BY place
            """, [states.ToArray()]));
        batch.BatchCommands.Add(Sql.Command(
            $"""
            {Count(DueEmail, "next_attempt_at", "notifications WHERE state = 'New' AND channel = 'Email' AND next_attempt_at <= $1")} UNION ALL
            {Count(DueSms, "next_attempt_at", "notifications WHERE state = 'New' AND channel = 'Sms' AND next_attempt_at <= $1")} UNION ALL
            {Count(LaterEmail, "next_attempt_at", "notifications WHERE state = 'New' AND channel = 'Email' AND next_attempt_at > $1")} UNION ALL
            {Count(LaterSms, "next_attempt_at", "notifications WHERE state = 'New' AND channel = 'Sms' AND next_attempt_at > $1")} UNION ALL
            {Count(Calls, "claimed_at", "attempts WHERE outcome = 'Claimed'")} UNION ALL
            {Count(UnmatchedReports, "received_at", "delivery_reports WHERE notification_id IS NULL")} UNION ALL
            {Count(Overdue, "stands_until", "order_state WHERE stands_until <= $1")} UNION ALL
            {Count(Timers, "due_at", "scheduled_message WHERE due_at <= $1")} UNION ALL
            {Count(Outbox, "next_attempt_at", "outbox_message")} UNION ALL
            SELECT '{FailingWebhooks}', count(*), min(failing_since) FROM webhooks WHERE state = '{WebhookState.Active}' AND failing_since IS NOT NULL UNION ALL
            SELECT '{DisabledWebhooks}', count(*), min(last_failure_at) FROM webhooks WHERE state = '{WebhookState.Disabled}' UNION ALL
            SELECT '{Unreported}', count(*), min(last_update)
            FROM (SELECT progress, last_update FROM notifications WHERE progress < {Progress.Final} ORDER BY expires_at LIMIT {MostMessages}) AS open WHERE progress = {Progress.HandedOff}
            """, clock.GetUtcNow()));
        batch.BatchCommands.Add(Sql.Command(
            $"""
            SELECT entry ->> 'status', count(*), NULL::timestamptz
            FROM (SELECT entry, created_at FROM status_feed ORDER BY id DESC LIMIT {MostMessages}) AS latest WHERE created_at > $1 GROUP BY 1 ORDER BY 1
            """, clock.GetUtcNow() - Lately));
        batch.BatchCommands.Add(Sql.Command("SELECT nullif(reltuples, -1)::bigint FROM pg_class WHERE oid = 'order_state_open'::regclass"));

        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var shipments = await Tallies(row, MostShipments, cancellationToken);
        await row.NextResultAsync(cancellationToken);
        var others = (await Tallies(row, MostMessages, cancellationToken)).ToDictionary(t => t.Name, StringComparer.Ordinal);
        await row.NextResultAsync(cancellationToken);
        var finished = await Tallies(row, MostMessages, cancellationToken);
        await row.NextResultAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new Overview(shipments, [.. Messages.Select(m => others[m])], [.. Machinery.Select(m => others[m])], finished, row.IsDBNull(0) ? null : row.GetInt64(0));
    }

    /// <summary>Walks the index of <paramref name="by"/> from its beginning, and no further than it counts.</summary>
    private static string Count(string name, string by, string rows) =>
        $"SELECT '{name}', count(*), min({by}) FROM (SELECT {by} FROM {rows} ORDER BY {by} LIMIT {MostMessages}) AS counted";

    private static async Task<IReadOnlyList<Tally>> Tallies(NpgsqlDataReader row, long most, CancellationToken cancellationToken)
    {
        var tallies = new List<Tally>();
        while (await row.ReadAsync(cancellationToken))
            tallies.Add(new Tally(row.GetString(0), row.GetInt64(1), most, row.Time(2)));
        return tallies;
    }
}
