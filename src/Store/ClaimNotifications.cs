using Npgsql;

namespace Notifications.Store;

/// <summary>A notification that this caller, and nobody else, may now hand to a provider: its attempt stands in the ledger.</summary>
public sealed record ClaimedNotification(
    Guid Id, int Attempt, string Address, string? RecipientName, string? RecipientNumber, DateTimeOffset ExpiresAt,
    string? Sender, string? Subject, string Body, EmailContentType ContentType, string? ResourceName = null)
{
    public IReadOnlyList<AttachmentFile> Attachments { get; init; } = [];

    /// <summary>It goes ahead of others that wait for a pause of their provider to end: what comes of it decides about them.</summary>
    public bool GoesAhead { get; init; }

    /// <summary>What was reported about the address the last time; nothing is sent to it for a while.</summary>
    public NotificationState? AddressIsBad { get; init; }
}

/// <summary>The claim before every call to a provider: set-based, and each notification goes to one caller only.</summary>
public sealed class ClaimNotifications(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Returns the claimed ones of <paramref name="ids"/>. The rest are already with a provider, final, expired or unknown, or their provider is not called at present.</summary>
    /// <param name="hasAttachments">Whether the caller has the attachments of notifications with attachments, and claims no others.</param>
    public async Task<IReadOnlyList<ClaimedNotification>> Claim(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        await using var command = database.CreateCommand(channel == Channel.Email ? Email : Sms);
        AddParameters(command.Parameters, channel, provider, ids);
        command.Parameters.Add(new() { Value = hasAttachments });
        command.Parameters.Add(new() { Value = ids.Count });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(row, ids.Count, goAhead: false, cancellationToken);
    }

    /// <summary>The same for a provider that takes only so many calls: no more are claimed than it takes now, whichever worker asks.</summary>
    public async Task<IReadOnlyList<ClaimedNotification>> ClaimPaced(
        Channel channel, string provider, IReadOnlyList<Guid> ids, Pace pace, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var made = await ProviderCalls.Lock(transaction, provider, cancellationToken);
        var free = pace.Free(made, clock.GetUtcNow());
        if (free == 0)
            return [];

        IReadOnlyList<ClaimedNotification> claimed;
        await using (var command = new NpgsqlCommand(channel == Channel.Email ? Email : Sms, connection, transaction))
        {
            AddParameters(command.Parameters, channel, provider, ids);
            command.Parameters.Add(new() { Value = hasAttachments });
            command.Parameters.Add(new() { Value = free });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            claimed = await Read(row, ids.Count, goAhead: false, cancellationToken);
        }
        if (claimed.Count > 0)
            await ProviderCalls.Keep(transaction, provider, pace.With(made, clock.GetUtcNow(), claimed.Count), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <summary>Those that could not be claimed because the provider takes no more calls now are driven again as soon as it does.</summary>
    public async Task WaitForPace(Channel channel, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            UPDATE notifications n SET next_attempt_at = $3
            WHERE n.id = ANY ($1) AND n.channel = $2 AND n.state = 'New' AND n.next_attempt_at > $3 AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))
            """, ids.ToArray(), channel.ToString(), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Of notifications that could not be claimed, claims the one that goes ahead when the pause of their provider is over. The others that wait
    /// for it are driven again when it has ended.
    /// </summary>
    public async Task<ClaimedNotification?> GoAhead(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(channel == Channel.Email ? EmailAhead : SmsAhead));
        batch.BatchCommands.Add(new(
            $"""
            UPDATE notifications n SET next_attempt_at = $3
            WHERE n.id = ANY ($1) AND n.channel = $2 AND n.state = 'New' AND n.next_attempt_at > $3 AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))
                AND EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "$4")})
            """));
        AddParameters(batch.BatchCommands[0].Parameters, channel, provider, ids);
        batch.BatchCommands[0].Parameters.Add(new() { Value = hasAttachments });
        batch.BatchCommands[0].Parameters.Add(new() { Value = ProviderPauses.Lease });
        AddParameters(batch.BatchCommands[1].Parameters, channel, provider, ids);
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        return (await Read(row, 1, goAhead: true, cancellationToken)).SingleOrDefault();
    }

    private void AddParameters(NpgsqlParameterCollection parameters, Channel channel, string provider, IReadOnlyList<Guid> ids)
    {
        parameters.Add(new() { Value = ids.ToArray() });
        parameters.Add(new() { Value = channel.ToString() });
        parameters.Add(new() { Value = clock.GetUtcNow() });
        parameters.Add(new() { Value = provider });
    }

    private static async Task<IReadOnlyList<ClaimedNotification>> Read(NpgsqlDataReader row, int count, bool goAhead, CancellationToken cancellationToken)
    {
        var claimed = new List<ClaimedNotification>(count);
        while (await row.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedNotification(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.Text(4), row.GetFieldValue<DateTimeOffset>(5),
                row.Text(6), row.Text(7), row.GetString(8), Enum.Parse<EmailContentType>(row.Text(9) ?? nameof(EmailContentType.Plain)), row.Text(10))
            {
                GoesAhead = goAhead,
                AddressIsBad = row.Text(11) is { } reason ? Enum.Parse<NotificationState>(reason) : null,
            });
        }
        return claimed;
    }

    private const string Claimable =
        """
        n.id = ANY ($1) AND n.channel = $2 AND n.has_attachments = $5 AND n.state = 'New' AND n.expires_at > $3
            AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))
        """;

    private static readonly string Email = Sql(Channel.Email, Waiting(Channel.Email));
    private static readonly string Sms = Sql(Channel.Sms, Waiting(Channel.Sms));
    private static readonly string EmailAhead = Sql(Channel.Email, Ahead(Channel.Email));
    private static readonly string SmsAhead = Sql(Channel.Sms, Ahead(Channel.Sms));

    private static string Waiting(Channel channel) =>
        $"""
        WITH waiting AS (
            SELECT n.id FROM notifications n
            WHERE {Claimable} AND NOT EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "$4")})
            ORDER BY n.id LIMIT $6 FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>The one that was tried least, so that a message which is itself at fault does not stand for all. Of several workers one gets the lease.</summary>
    private static string Ahead(Channel channel) =>
        $"""
        WITH candidate AS (
            SELECT n.id, n.shipment_id FROM notifications n
            WHERE {Claimable}
                AND EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "$4")})
                AND NOT EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "$4")} AND p.until > $3)
            ORDER BY n.attempts, n.id LIMIT 1 FOR UPDATE SKIP LOCKED),
        leased AS (
            UPDATE provider_pauses p SET until = $3 + $6 FROM candidate n
            WHERE {ProviderPauses.Of(channel, "$4")} AND p.until <= $3 RETURNING n.id),
        waiting AS (SELECT DISTINCT id FROM leased)
        """;

    private static string Sql(Channel channel, string waiting) =>
        $"""
        {waiting},
        claimed AS (
            UPDATE notifications n
            SET state = 'Sending', progress = 1, attempts = n.attempts + 1, last_update = $3, next_attempt_at = {(channel == Channel.Email ? AskAt : "NULL")}
            FROM waiting WHERE n.id = waiting.id
            RETURNING n.id, n.shipment_id, n.attempts, n.address, n.recipient_name, n.organization_number, n.expires_at, n.resource_name),
        ledger AS (
            INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome)
            SELECT id, attempts, $4, $3, 'Claimed' FROM claimed)
        SELECT c.id, c.attempts, c.address, c.recipient_name, c.organization_number, c.expires_at, {Content(channel)}, c.resource_name,
            (SELECT b.reason FROM bad_addresses b WHERE b.creator = s.creator AND b.channel = $2 AND b.address = {BadAddresses.Same("$2", "c.address")} AND b.until > $3)
        FROM claimed c JOIN shipments s ON s.id = c.shipment_id
        """;

    /// <summary>When the provider is asked what became of it, should nothing be reported by then.</summary>
    private static string AskAt => $"$3 + interval '{UnreportedEmails.Patience.TotalSeconds:0} seconds'";

    private static string Content(Channel channel) => channel == Channel.Email ? "s.email_sender, s.email_subject, s.email_body, s.email_content_type" : "s.sms_sender, NULL, s.sms_body, NULL";
}
