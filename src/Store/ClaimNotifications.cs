using Npgsql;

namespace Notifications.Store;

/// <summary>A notification that this caller, and nobody else, may now hand to a provider: its attempt stands in the ledger.</summary>
public sealed record ClaimedNotification(
    Guid Id, int Attempt, string Address, string? RecipientName, string? RecipientNumber, DateTimeOffset ExpiresAt,
    string? Sender, string? Subject, string Body, EmailContentType ContentType, string? ResourceName = null)
{
    public required Channel Channel { get; init; }

    /// <summary>Whom the attempt in the ledger names, and who is to be called.</summary>
    public required string Provider { get; init; }

    public IReadOnlyList<AttachmentFile> Attachments { get; init; } = [];

    /// <summary>It goes ahead of others that wait for a pause of their provider to end: what comes of it decides about them.</summary>
    public bool GoesAhead { get; init; }

    /// <summary>What was reported about the address the last time; nothing is sent to it for a while.</summary>
    public NotificationState? AddressIsBad { get; init; }
}

/// <summary>The claim before every call to a provider: set-based, and each notification goes to one caller only.</summary>
/// <param name="database">The tables.</param>
/// <param name="clock">The time of the workflow.</param>
/// <param name="testing">Whether what is sent to addresses that a creator has not listed goes to the stand-in.</param>
public sealed class ClaimNotifications(NpgsqlDataSource database, TimeProvider clock, TestSending? testing = null)
{
    private readonly ClaimStatements _statements = new(testing is { OnlyListed: true });

    /// <summary>Returns the claimed ones of <paramref name="ids"/>. The rest are already with a provider, final, expired or unknown, or their provider is not called at present.</summary>
    /// <param name="hasAttachments">Whether the caller has the attachments of notifications with attachments, and claims no others.</param>
    /// <param name="elsewhereFirst">Leaves those alone that this provider was the last not to take.</param>
    public async Task<IReadOnlyList<ClaimedNotification>> Claim(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false, bool elsewhereFirst = false)
    {
        await using var command = database.Command(
            _statements.Waiting(channel), ids.ToArray(), channel.Name, clock.GetUtcNow(), provider, hasAttachments, ids.Count, elsewhereFirst);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(row, channel, ids.Count, goAhead: false, cancellationToken);
    }

    /// <summary>
    /// The same for an account that takes only so many calls, of everybody or of one creator: no more are claimed than it takes now, whichever
    /// worker asks. What is beyond its creator's share gets a turn of its own.
    /// </summary>
    public async Task<IReadOnlyList<ClaimedNotification>> ClaimPaced(
        ProviderAccount account, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false, bool elsewhereFirst = false)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var made = account.Pace is null ? [] : await ProviderCalls.Lock(transaction, account.Name, cancellationToken);
        var free = account.Pace?.Free(made, clock.GetUtcNow()) ?? ids.Count;
        if (free == 0)
            return [];

        var turns = account.Shares is null ? null : await CreatorTurns.Lock(transaction, account.Name, account.Shares, ids, clock.GetUtcNow(), cancellationToken);
        var claimed = await Claim(transaction, account, turns?.MayGo ?? ids, free, hasAttachments, elsewhereFirst, cancellationToken);
        if (account.Pace is not null && claimed.Count > 0)
            await ProviderCalls.Keep(transaction, account.Name, account.Pace.With(made, clock.GetUtcNow(), claimed.Count), cancellationToken);
        if (turns is not null)
            await turns.Keep(transaction, claimed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    private async Task<IReadOnlyList<ClaimedNotification>> Claim(
        NpgsqlTransaction transaction, ProviderAccount account, IReadOnlyList<Guid> ids, int most, bool hasAttachments, bool elsewhereFirst, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        await using var command = transaction.Command(
            _statements.Waiting(account.Channel), ids.ToArray(), account.Channel.Name, clock.GetUtcNow(), account.Name, hasAttachments, most, elsewhereFirst);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(row, account.Channel, ids.Count, goAhead: false, cancellationToken);
    }

    /// <summary>Those that could not be claimed because the provider takes no more calls now are driven again as soon as it does.</summary>
    public async Task WaitForPace(Channel channel, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Command(ClaimStatements.DriveAgain, ids.ToArray(), channel.Name, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Of notifications that could not be claimed, claims the one that goes ahead when the pause of their provider is over. The others are driven
    /// again when it has ended, which may have been while they were looked at.
    /// </summary>
    public async Task<ClaimedNotification?> GoAhead(
        Channel channel, string provider, IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool hasAttachments = false)
    {
        var (which, now) = (ids.ToArray(), clock.GetUtcNow());
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(_statements.Ahead(channel), which, channel.Name, now, provider, hasAttachments, ProviderPauses.Lease, false));
        batch.BatchCommands.Add(Sql.Command(ClaimStatements.DriveAgain, which, channel.Name, now));
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        return (await Read(row, channel, 1, goAhead: true, cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<ClaimedNotification>> Read(NpgsqlDataReader row, Channel channel, int count, bool goAhead, CancellationToken cancellationToken)
    {
        var claimed = new List<ClaimedNotification>(count);
        while (await row.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedNotification(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.Text(4), row.GetFieldValue<DateTimeOffset>(5),
                row.Text(6), row.Text(7), row.GetString(8), Enum.Parse<EmailContentType>(row.Text(9) ?? nameof(EmailContentType.Plain)), row.Text(10))
            {
                Channel = channel,
                Provider = row.GetString(12),
                GoesAhead = goAhead,
                AddressIsBad = row.Text(11) is { } reason ? Enum.Parse<NotificationState>(reason) : null,
            });
        }
        return claimed;
    }
}
