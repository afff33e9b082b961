using Npgsql;

namespace Notifications.Store;

/// <summary>The reads of what is to be done about an event of an app.</summary>
public sealed class ReadRules(NpgsqlDataSource database)
{
    /// <summary>The rules about the app of an event, by their ids; its owner's alone.</summary>
    public async Task<IReadOnlyList<(string Id, string Rule)>> About(AppEvent happened, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT id, rule FROM notification_rules WHERE app = $1 AND creator = $2 ORDER BY id", happened.App, happened.Creator);
        var rules = new List<(string, string)>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            rules.Add((row.GetString(0), row.GetString(1)));
        return rules;
    }

    /// <summary>The orders that an event ends. One that was made after it happened is about something newer.</summary>
    public async Task<IReadOnlyList<Guid>> StoppedBy(AppEvent happened, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT s.order_id FROM order_stops s JOIN orders o ON o.id = s.order_id
            WHERE s.instance_id = $1 AND s.event = $2 AND s.app = $3 AND o.created_at <= $4
            """, happened.InstanceId, happened.Type, happened.App, happened.HappenedAt);
        return await command.ReadIds(cancellationToken);
    }

    public async Task<bool> IsSettled(RuleStep step, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "SELECT true FROM rule_steps WHERE creator = $1 AND rule_id = $2 AND instance_id = $3 AND step = $4", step.Creator, step.RuleId, step.InstanceId, step.Step);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
