using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Workflow;

/// <summary>
/// The order's machine on its real repository, outbox and tables. Nothing that it says is delivered: the test is the bus, the resolver, the
/// providers and the reconciler, and may lose, repeat and reorder what it likes.
/// </summary>
internal sealed class WorkflowWorld : IAsyncDisposable, IReceiveObserver
{
    private readonly ServiceProvider _services;
    private readonly IBusControl _bus;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Exception?>> _waiting = [];
    private readonly HashSet<Guid> _taken = [];

    private WorkflowWorld(NpgsqlDataSource database)
    {
        Database = database;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(database)
            .AddStore()
            .AddWorkflow()
            .BuildServiceProvider();
        _bus = _services.GetRequiredService<IBusControl>();
        _bus.ConnectReceiveObserver(this);
    }

    public NpgsqlDataSource Database { get; }
    public MovedClock Clock { get; } = new();

    /// <summary>News that nobody has delivered yet.</summary>
    public List<ShipmentNews> News { get; } = [];

    /// <summary>How often a provider took each notification as a message of its own.</summary>
    public Dictionary<Guid, int> Accepted { get; } = [];

    public static async Task<WorkflowWorld> Start(NpgsqlDataSource database)
    {
        var world = new WorkflowWorld(database);
        await world._bus.StartAsync();
        return world;
    }

    public async Task<Shipment> Order(ChannelSchema schema, int persons, Fallback? fallback = null, TimeSpan? fallbackAfter = null, ConditionOnError? condition = null)
    {
        var (id, now) = (NewId.NextGuid(), Clock.GetUtcNow());
        var order = new Order { Id = id, Creator = "ttd", Kind = OrderKind.V1, CreatedAt = now };
        var shipment = new Shipment
        {
            Id = id,
            OrderId = id,
            Ordinal = 0,
            Type = ShipmentType.Notification,
            Creator = "ttd",
            CreatedAt = now,
            RequestedSendTime = now,
            Recipients = OrderedRecipient.ToJson(Enumerable.Range(0, persons).Select(n => new OrderedRecipient { NationalIdentityNumber = $"{n}" })),
            ChannelSchema = schema,
            EmailSubject = "s",
            EmailBody = "b",
            SmsBody = "b",
            Fallback = fallback,
            FallbackAfter = fallbackAfter,
            ConditionEndpoint = condition is null ? null : "https://example.no/condition",
            ConditionOnError = condition,
        };
        var work = _services.GetRequiredService<IUnitOfWorkFactory>().Begin();
        work.Accept(order, [shipment]);
        await work.Begin(shipment, directChannel: null, now, CancellationToken.None);
        await work.Commit(CancellationToken.None);
        return shipment;
    }

    /// <summary>What the resolver does; each person has both addresses.</summary>
    public async Task Resolve(Guid shipmentId, int persons)
    {
        var found = Enumerable.Range(0, persons).Select(n => new ResolvedRecipient { ShipmentId = shipmentId, Ordinal = n, IsReserved = false, Emails = [$"{n}@example.no"], Mobiles = [$"+479999{n:0000}"] });
        foreach (var statement in StoreRecipients.Statements(shipmentId, [.. found]))
            await Run(statement);
        await Tell(new RecipientsResolved(shipmentId));
    }

    /// <summary>What a provider and the ledger do with one notification, should it be to be had.</summary>
    public async Task HandOff(Notification notification, AttemptOutcome outcome)
    {
        var provider = notification.Channel == Channel.Email ? Providers.Acs : Providers.Link;
        if (await _services.GetRequiredService<ClaimNotifications>().Claim(notification.Channel, provider, [notification.Id], CancellationToken.None) is not [var claimed])
            return;

        // An e-mail that is asked for again under its key is no second one.
        if (outcome is AttemptOutcome.Accepted or AttemptOutcome.Unknown && (notification.Channel == Channel.Sms || _taken.Add(notification.Id)))
            Accepted[notification.Id] = Accepted.GetValueOrDefault(notification.Id) + 1;
        if (outcome == AttemptOutcome.Claimed)
            return;

        var state = (outcome, notification.Channel == Channel.Email) switch
        {
            (AttemptOutcome.Refused, _) => NotificationState.Failed_InvalidRecipient,
            (AttemptOutcome.Deferred, _) or (AttemptOutcome.Unknown, true) => NotificationState.New,
            (AttemptOutcome.Accepted, false) => NotificationState.Accepted,
            _ => NotificationState.Sending,
        };
        var reference = outcome == AttemptOutcome.Accepted && notification.Channel == Channel.Sms ? Reference(notification.Id) : null;
        News.AddRange(await Commit(transaction => SettleAttempts.Settle(
            transaction, [new(claimed.Id, claimed.Attempt, outcome, state, reference, NextAttemptAt: state == NotificationState.New ? Clock.GetUtcNow() : null)], Clock.GetUtcNow(), CancellationToken.None)));
    }

    public async Task Report(Notification notification, NotificationState state) => News.AddRange(await Commit(transaction => ApplyReports.Apply(
        transaction,
        [notification.Channel == Channel.Email
            ? new(Providers.Acs, Channel.Email, $"{notification.Id}:{state}", notification.Id.ToString(), $"{state}", state)
            : new(Providers.Link, Channel.Sms, $"{notification.Id}:{state}", Reference(notification.Id), $"{state}", state)],
        Clock.GetUtcNow(), CancellationToken.None)));

    /// <summary>What the reconciler finds; it says it to the sagas at once.</summary>
    public async Task Reconciled()
    {
        var now = Clock.GetUtcNow();
        await Commit(transaction => Reconcile.GiveUpClaims(transaction, [Providers.Acs], now - TimeSpan.FromSeconds(30), now, CancellationToken.None));
        News.AddRange(await Commit(transaction => Reconcile.Expire(transaction, now, CancellationToken.None)));
        foreach (var shipment in await Commit(transaction => Reconcile.StandingStill(transaction, now, CancellationToken.None)))
            await Tell(shipment.IsSettled ? new NotificationsSettled(shipment.Id) : new ShipmentStoodStill(shipment.Id));
    }

    public Task Deliver(ShipmentNews news) => Tell(news.IsSettled ? new NotificationsSettled(news.Id) : new DeliveryFailed(news.Id));

    /// <summary>The timer, if it is due.</summary>
    public async Task TimePasses(Guid shipmentId)
    {
        if (await Scalar<Guid?>("SELECT token_id FROM scheduled_message t JOIN order_state o ON o.fallback_token_id = t.token_id WHERE o.correlation_id = $1 AND t.due_at <= $2", shipmentId, Clock.GetUtcNow()) is { } token)
            await Tell(new FallbackTimeReached(shipmentId), token);
    }

    public async Task Cancel(Guid shipmentId)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in CancelShipments.Statements(CancelScope.Shipment(shipmentId), WireStatus.Cancelled, Clock.GetUtcNow()))
            await Run(statement, connection);
        await transaction.CommitAsync();
    }

    public async Task Tell(object message, Guid? schedulingToken = null)
    {
        var id = NewId.NextGuid();
        var told = _waiting[id] = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _bus.Publish(message, context =>
        {
            context.MessageId = id;
            if (schedulingToken is { } token)
                context.Headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("N"));
        });
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeNull($"{message}");
    }

    public async Task<string> State(Guid shipmentId) => (await Scalar<string>("SELECT current_state FROM order_state WHERE correlation_id = $1", shipmentId))!;

    public async Task<Notification[]> Notifications(Guid shipmentId)
    {
        await using var context = new NotificationsDbContext(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(Database).Options);
        return await context.Notifications.AsNoTracking().Where(n => n.ShipmentId == shipmentId).OrderBy(n => n.Id).ToArrayAsync();
    }

    public async Task<KeptFallback[]> Fallbacks(Guid shipmentId)
    {
        await using var context = new NotificationsDbContext(new DbContextOptionsBuilder<NotificationsDbContext>().UseNpgsql(Database).Options);
        return await context.Fallbacks.AsNoTracking().Where(f => f.ShipmentId == shipmentId).ToArrayAsync();
    }

    public async Task<T?> Scalar<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is { } answer and not DBNull ? (T)answer : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _services.DisposeAsync();
    }

    private static string Reference(Guid notificationId) => $"ref-{notificationId}";

    private async Task<T> Commit<T>(Func<NpgsqlTransaction, Task<T>> step)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await step(transaction);
        await transaction.CommitAsync();
        return result;
    }

    private async Task Run(Statement statement, NpgsqlConnection? within = null)
    {
        await using var own = within is null ? await Database.OpenConnectionAsync() : null;
        await using var command = new NpgsqlCommand(statement.Text, within ?? own);
        foreach (var value in statement.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync();
    }

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Answer(context, null);

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Answer(context, exception);

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Answer(context.ReceiveContext, exception);

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    private Task Answer(ReceiveContext context, Exception? exception)
    {
        if (context.GetMessageId() is { } id && _waiting.TryGetValue(id, out var waiting))
            waiting.TrySetResult(exception);
        return Task.CompletedTask;
    }

    internal sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Move(TimeSpan by) => _now += by;
    }
}
