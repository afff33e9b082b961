using System.Text.Json;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Consumers.Apps;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Apps;

/// <summary>
/// Does what an event of an app asks for: ends orders, and makes those of rules. All of it can be done again, so that an event may be worked
/// off any number of times, by any number of hosts.
/// </summary>
internal sealed class AppEventWork(ReadRules rules, Consumers.Apps.Storage storage, OrderIntake orders, IUnitOfWorkFactory work, TimeProvider clock)
{
    /// <summary>Storage says that there is nothing also when something is wrong with it.</summary>
    private const int LooksForAnInstance = 4;

    public async Task Off(AppEvent happened, CancellationToken cancellationToken)
    {
        foreach (var order in await rules.StoppedBy(happened, cancellationToken))
            await Stop(order);

        var waiting = (await rules.About(happened, cancellationToken)).Select(r => (r.Id, Rule: JsonSerializer.Deserialize<RuleRequest>(r.Rule, WireJson.Options)!))
            .Where(r => ProcessStep.MayBeToldBy(happened.Type, r.Rule.On)).ToArray();
        if (waiting.Length == 0)
            return;

        if (await storage.Find(happened.InstanceId, cancellationToken) is not { } instance)
        {
            if (happened.Attempts < LooksForAnInstance)
                throw new NotYetException("Storage does not know the instance");
            return;
        }
        if (instance.AppId != happened.App)
            return;
        foreach (var (id, rule) in waiting)
        {
            if (ProcessStep.Of(rule.On, instance) is { } step)
                await Order(happened, id, rule, instance, step, cancellationToken);
        }
    }

    private async Task Stop(Guid orderId)
    {
        var stop = work.Begin();
        foreach (var statement in CancelShipments.Statements(CancelScope.StoppedByApp(orderId), WireStatus.Cancelled, clock.GetUtcNow()))
            stop.Enlist(statement);
        stop.Enlist(OrderStop.Forget(orderId));
        await stop.Commit(CancellationToken.None);
    }

    private async Task Order(AppEvent happened, string ruleId, RuleRequest rule, Instance instance, ProcessStep at, CancellationToken cancellationToken)
    {
        var step = new RuleStep { Creator = happened.Creator, RuleId = ruleId, InstanceId = happened.InstanceId, Step = at.Key, At = clock.GetUtcNow() };
        if (await rules.IsSettled(step, cancellationToken))
            return;

        var order = new RuleOrders(rule, happened.InstanceId, instance, at);
        var settled = order.Recipient is null
            ? step with { Refusal = "The instance's owner has no number and no name to find an address by." }
            : await orders.Take(order.Order(clock.GetUtcNow()), step, cancellationToken);
        if (settled is null)
            throw new NotYetException("the orders of the day are used up");
        if (settled.Refusal is not null)
            await Refuse(settled);
    }

    private async Task Refuse(RuleStep step)
    {
        var refusal = work.Begin();
        refusal.Enlist(step.Insert());
        try
        {
            await refusal.Commit(CancellationToken.None);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: RuleStep.Key })
        {
            // Another host was faster.
        }
    }
}
