using Npgsql;

namespace Notifications.Store;

/// <summary>An attachment of a shipment whose attachments are being fetched.</summary>
/// <param name="Address">Null when it is fetched, and has this size.</param>
public sealed record AttachmentToFetch(int Ordinal, string MimeType, Uri? Address, DateTimeOffset ExpiresAt, int Size);

/// <summary>An attachment as it is sent.</summary>
public sealed record AttachmentFile(string Filename, string MimeType, byte[] Content);

/// <summary>The files of composed e-mail. Their addresses hold secrets, and are not for logs.</summary>
public sealed class AttachmentFiles(NpgsqlDataSource database)
{
    /// <summary>Empty when the shipment waits for none.</summary>
    public async Task<IReadOnlyList<AttachmentToFetch>> ToFetch(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT a.ordinal, a.mime_type, a.address, a.expires_at, coalesce(octet_length(a.content), 0)
            FROM attachments a JOIN order_state o ON o.correlation_id = a.shipment_id
            WHERE a.shipment_id = $1 AND o.current_state = 'FetchingAttachments' ORDER BY a.ordinal
            """, shipmentId);
        var attachments = new List<AttachmentToFetch>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            attachments.Add(new AttachmentToFetch(
                row.GetInt32(0), row.GetString(1), row.Text(2) is { } address ? new Uri(address) : null, row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4)));
        }
        return attachments;
    }

    /// <summary>What was fetched first stays; its address is forgotten.</summary>
    public Task Keep(Guid shipmentId, int ordinal, byte[] content, CancellationToken cancellationToken) => Run(
        "UPDATE attachments SET content = $3, address = NULL WHERE shipment_id = $1 AND ordinal = $2 AND content IS NULL",
        cancellationToken, shipmentId, ordinal, content);

    /// <summary>It cannot be sent, and neither can its e-mail.</summary>
    public Task Fail(Guid shipmentId, int ordinal, NotificationState failure, CancellationToken cancellationToken) => Run(
        "UPDATE attachments SET failure = $3 WHERE shipment_id = $1 AND ordinal = $2", cancellationToken, shipmentId, ordinal, failure.ToString());

    /// <summary>What goes with an e-mail, every time it is sent.</summary>
    public async Task<IReadOnlyList<AttachmentFile>> Of(Guid notificationId, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT a.filename, a.mime_type, a.content FROM notifications n JOIN attachments a ON a.shipment_id = n.shipment_id
            WHERE n.id = $1 AND n.state = 'New' AND a.content IS NOT NULL ORDER BY a.ordinal
            """, notificationId);
        var files = new List<AttachmentFile>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            files.Add(new AttachmentFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)));
        return files;
    }

    /// <summary>How long the addresses of all attachments that are not fetched yet are good; null when there are none.</summary>
    public async Task<DateTimeOffset?> GoodUntil(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT expires_at FROM attachments WHERE shipment_id = $1 AND address IS NOT NULL ORDER BY expires_at LIMIT 1", shipmentId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? row.GetFieldValue<DateTimeOffset>(0) : null;
    }

    private async Task Run(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
