using System.Collections.Concurrent;

namespace Notifications.Store;

/// <summary>
/// The statements of a claim. Their parameters: ids, channel, now, provider, whether the caller has the attachments, and how many at most or
/// how long the lease of the one that goes ahead is; and whether another provider is to be tried first where this one was the last that did
/// not take the message.
/// </summary>
internal sealed class ClaimStatements(bool onlyListed)
{
    private readonly ConcurrentDictionary<Channel, string> _waiting = [];
    private readonly ConcurrentDictionary<Channel, string> _ahead = [];

    public string Waiting(Channel channel) => _waiting.GetOrAdd(channel, c => Sql(c, WaitingRows(c)));

    public string Ahead(Channel channel) => _ahead.GetOrAdd(channel, c => Sql(c, AheadRow(c)));

    /// <summary>
    /// What another provider has, or may have, is not for this one: a message is never repeated where nobody would know it again.
    /// </summary>
    private static readonly string Claimable =
        $"""
        n.id = ANY ($1) AND n.channel = $2 AND n.has_attachments = $5 AND n.state = 'New' AND n.expires_at > $3
            AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))
            AND (n.attempts = 0 OR NOT EXISTS (
                SELECT FROM attempts a WHERE ({MayBeElsewhere("$4")})
                    OR ($7 AND a.notification_id = n.id AND a.number = n.attempts AND a.provider = $4 AND a.outcome = 'Deferred')))
        """;

    /// <summary>An attempt <c>a</c> that has, or may have, left the notification <c>n</c> with another provider.</summary>
    internal static string MayBeElsewhere(string provider) => $"a.notification_id = n.id AND a.provider <> {provider} AND a.outcome IN ('Claimed', 'Accepted', 'Unknown')";

    /// <summary>Those that may leave, as soon as somebody takes them, but for those that have a turn of their own; parameters as above.</summary>
    public const string DriveAgain =
        """
        UPDATE notifications n SET next_attempt_at = $3
        WHERE n.id = ANY ($1) AND n.channel = $2 AND n.state = 'New' AND n.next_attempt_at > $3
            AND (n.turn_at IS NULL OR n.turn_at <= $3) AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))
        """;

    private static string WaitingRows(Channel channel) =>
        $"""
        WITH waiting AS (
            SELECT n.id FROM notifications n
            WHERE {Claimable} AND NOT EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "$4")})
            ORDER BY n.id LIMIT $6 FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>The one that was tried least, so that a message which is itself at fault does not stand for all. Of several workers one gets the lease.</summary>
    private static string AheadRow(Channel channel) =>
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

    private string Sql(Channel channel, string waiting) =>
        $"""
        {waiting},
        claimed AS (
            UPDATE notifications n
            SET state = 'Sending', progress = 1, attempts = n.attempts + 1, last_update = $3, next_attempt_at = {AskAt(channel)}
            FROM waiting WHERE n.id = waiting.id
            RETURNING n.id, n.shipment_id, n.attempts, n.address, n.recipient_name, n.organization_number, n.expires_at, n.resource_name, n.language),
        ledger AS (
            INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome)
            SELECT c.id, c.attempts, {Provider}, $3, 'Claimed' FROM claimed c {(onlyListed ? "JOIN shipments s ON s.id = c.shipment_id" : "")})
        SELECT c.id, c.attempts, c.address, c.recipient_name, c.organization_number, c.expires_at, {Content(channel)}, c.resource_name,
            (SELECT b.reason FROM bad_addresses b WHERE b.creator = s.creator AND b.channel = $2 AND b.address = {BadAddresses.Same("$2", "c.address")} AND b.until > $3),
            {Provider}
        FROM claimed c JOIN shipments s ON s.id = c.shipment_id
        """;

    private string Provider => onlyListed ? $"CASE WHEN {TestRecipients.IsListed("s.creator", "$2", "c.address")} THEN $4 ELSE '{Providers.StandIn}' END" : "$4";

    /// <summary>When the provider is asked what became of it, should nothing be reported by then.</summary>
    private static string AskAt(Channel channel) =>
        channel == Channel.Email ? $"CASE WHEN $4 = '{Providers.Acs}' THEN $3 + interval '{UnreportedEmails.Patience.TotalSeconds:0} seconds' END" : "NULL";

    /// <summary>A channel beside e-mail and SMS carries whichever text the order has.</summary>
    private static string Content(Channel channel) => channel.Name switch
    {
        nameof(Channel.Email) =>
            "s.email_sender, coalesce(s.texts -> 'email' -> c.language ->> 'subject', s.email_subject), coalesce(s.texts -> 'email' -> c.language ->> 'body', s.email_body), s.email_content_type",
        nameof(Channel.Sms) => "s.sms_sender, NULL, coalesce(s.texts -> 'sms' ->> c.language, s.sms_body), NULL",
        _ => "NULL, s.email_subject, coalesce(s.email_body, s.sms_body, ''), s.email_content_type",
    };
}
