using Npgsql;

namespace Notifications.Store;

/// <summary>A notification that this caller, and nobody else, may now hand to a provider: its attempt stands in the ledger.</summary>
public sealed record ClaimedNotification(
    Guid Id, int Attempt, string Address, string? RecipientName, string? RecipientNumber, DateTimeOffset ExpiresAt,
    string? Sender, string? Subject, string Body, EmailContentType ContentType, string? ResourceName = null)
{
    public IReadOnlyList<AttachmentFile> Attachments { get; init; } = [];
}

/// <summary>The claim before every call to a provider: set-based, and each notification goes to one caller only.</summary>
public sealed class ClaimNotifications(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Returns the claimed ones of <paramref name="ids"/>. The rest are already with a provider, final, expired or unknown.</summary>
    /// <param name="hasAttachments">Whether the caller has the attachments of notifications with attachments, and claims no others.</param>
    public async Task<IReadOnlyList<ClaimedNotification>> Claim(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        await using var command = database.CreateCommand(channel == Channel.Email ? Sql(EmailContent) : Sql(SmsContent));
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.Add(new() { Value = channel.ToString() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = provider });
        command.Parameters.Add(new() { Value = hasAttachments });

        var claimed = new List<ClaimedNotification>(ids.Count);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedNotification(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), Text(row, 3), Text(row, 4), row.GetFieldValue<DateTimeOffset>(5),
                Text(row, 6), Text(row, 7), row.GetString(8), Enum.Parse<EmailContentType>(Text(row, 9) ?? nameof(EmailContentType.Plain)), Text(row, 10)));
        }
        return claimed;
    }

    private const string EmailContent = "s.email_sender, s.email_subject, s.email_body, s.email_content_type";
    private const string SmsContent = "s.sms_sender, NULL, s.sms_body, NULL";

    private static string Sql(string content) =>
        $"""
        WITH waiting AS (
            SELECT id FROM notifications
            WHERE id = ANY ($1) AND channel = $2 AND has_attachments = $5 AND state = 'New' AND expires_at > $3
                AND (hand_off_until IS NULL OR (hand_off_from <= $3 AND hand_off_until > $3))
            ORDER BY id FOR UPDATE SKIP LOCKED),
        claimed AS (
            UPDATE notifications n
            SET state = 'Sending', progress = 1, attempts = n.attempts + 1, last_update = $3, next_attempt_at = NULL
            FROM waiting WHERE n.id = waiting.id
            RETURNING n.id, n.shipment_id, n.attempts, n.address, n.recipient_name, n.organization_number, n.expires_at, n.resource_name),
        ledger AS (
            INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome)
            SELECT id, attempts, $4, $3, 'Claimed' FROM claimed)
        SELECT c.id, c.attempts, c.address, c.recipient_name, c.organization_number, c.expires_at, {content}, c.resource_name
        FROM claimed c JOIN shipments s ON s.id = c.shipment_id
        """;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
