using System.Buffers.Binary;
using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

/// <summary>The order's state machine on MassTransit's in-memory transport and saga repository, with everything it causes in lists.</summary>
internal sealed class OrderWorld : IAsyncDisposable, IUnitOfWork, IScheduleMessageProvider, ISendObserver, IReceiveObserver
{
    private readonly ServiceProvider _services;
    private readonly ScriptedPostgres _postgres;
    private readonly IBusControl _bus;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Exception?>> _waiting = [];

    private OrderWorld()
    {
        _postgres = new ScriptedPostgres(Rows);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new ReadRecipients(_postgres.Database))
            .AddSingleton(new ReadConditions(_postgres.Database))
            .AddSingleton(new ReadFallbacks(_postgres.Database))
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.AddSagaStateMachine<OrderStateMachine, OrderState>().InMemoryRepository();
                bus.UsingInMemory((context, memory) => memory.ReceiveEndpoint("shipments", endpoint =>
                {
                    endpoint.UseExecute(Equip);
                    endpoint.ConfigureSaga<OrderState>(context);
                }));
            })
            .BuildServiceProvider();
        _bus = _services.GetRequiredService<IBusControl>();
        _bus.ConnectSendObserver(this);
        _bus.ConnectReceiveObserver(this);
    }

    public FixedClock Clock { get; } = new();
    public List<Statement> Enlisted { get; } = [];
    public List<object> Sent { get; } = [];
    public List<(object Message, DateTime DueAt)> Timers { get; } = [];

    /// <summary>What the resolver has stored; null before it has.</summary>
    public (string[] Emails, string[] Mobiles, bool IsReserved)? Found { get; set; } = (["ola@example.no"], [], false);

    /// <summary>How many recipients the shipment has; with more than one they are bare addresses.</summary>
    public int Recipients { get; set; } = 1;

    /// <summary>Whether a provider has any of the shipment's messages.</summary>
    public bool IsHandedOff { get; set; }

    /// <summary>Whether every notification of the shipment is final.</summary>
    public bool IsSettled { get; set; } = true;

    public ChannelSchema ChannelSchema { get; set; } = ChannelSchema.EmailPreferred;

    public IEnumerable<Statement> FeedEntries => Enlisted.Where(s => s.Text.StartsWith("INSERT INTO status_feed", StringComparison.Ordinal));
    public IEnumerable<object?> Told => Enlisted.Where(s => s.Text.StartsWith("INSERT INTO shipment_history", StringComparison.Ordinal)).Select(s => s.Values[3]);
    public IEnumerable<Statement> Plans => Enlisted.Where(s => s.Text.Contains("INSERT INTO notifications", StringComparison.Ordinal));

    public static async Task<OrderWorld> Start()
    {
        var world = new OrderWorld();
        await world._bus.StartAsync();
        return world;
    }

    /// <summary>A shipment as the API accepts it, or as it stands later.</summary>
    public OrderState Shipment(string state = nameof(OrderStateMachine.Scheduled), Channel? directChannel = null, DateTimeOffset? sendTime = null, ConditionOnError? condition = null,
        bool hasAttachments = false)
    {
        var shipment = new OrderState
        {
            CorrelationId = NewId.NextGuid(),
            CurrentState = state,
            StateSince = Clock.Now,
            SendTime = sendTime ?? Clock.Now,
            DirectChannel = directChannel ?? (state == nameof(OrderStateMachine.FetchingAttachments) ? Channel.Email : null),
            HasAttachments = hasAttachments || state == nameof(OrderStateMachine.FetchingAttachments),
            Condition = condition ?? (state == nameof(OrderStateMachine.CheckingCondition) ? ConditionOnError.Send : null),
        };
        _services.GetRequiredService<IndexedSagaDictionary<OrderState>>().Add(new SagaInstance<OrderState>(shipment));
        return shipment;
    }

    /// <summary>Tells the saga, and returns how it failed, if it did.</summary>
    public async Task<Exception?> Tell(object message, Guid? schedulingToken = null)
    {
        var id = NewId.NextGuid();
        var told = _waiting[id] = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _bus.Publish(message, context =>
        {
            context.MessageId = id;
            if (schedulingToken is { } token)
                context.Headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("N"));
        });
        return await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _services.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>A statement for one row is looked at as the row.</summary>
    public void Enlist(Statement statement) => Enlisted.Add(
        statement.Values.All(value => value is Array { Length: 1 }) ? statement with { Values = [.. statement.Values.Select(value => ((Array)value!).GetValue(0))] } : statement);

    private void Equip(ConsumeContext context)
    {
        context.AddOrUpdatePayload<IUnitOfWork>(() => this, _ => this);
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(
            context, c => new MessageScheduler(this, c.GetPayload<IBusTopology>())));
    }

    private object[][] Rows(SeenStatement statement)
    {
        if (statement.Sql.Contains("FROM fallbacks", StringComparison.Ordinal))
            return [[DBNull.Value, IsSettled, .. Enumerable.Repeat(DBNull.Value, 6)]];
        if (Recipients == 1)
            return RowsOfOne(statement);
        if (!statement.Sql.Contains("FROM resolved_recipients", StringComparison.Ordinal))
            return [[OrderedRecipient.ToJson(Places(0, Recipients).Select(Recipient)), ChannelSchema.ToString(), false, false, false, DBNull.Value, DBNull.Value, false, DBNull.Value, DBNull.Value, DBNull.Value]];
        return [.. Places(Number(statement, 1), Number(statement, 2)).Where(place => place < Recipients)
            .Select(object[] (place) => [place, 0, false, (string[])[Recipient(place).Email!], (string[])[], DBNull.Value, DBNull.Value, DBNull.Value])];
    }

    private static IEnumerable<int> Places(int from, int to) => Enumerable.Range(from, to - from);

    private static OrderedRecipient Recipient(int place) => new() { Email = $"{place}@example.no" };

    private static int Number(SeenStatement statement, int parameter) => BinaryPrimitives.ReadInt32BigEndian(statement.Parameters[parameter]);

    private object[][] RowsOfOne(SeenStatement statement) =>
        statement.Sql.Contains("FROM resolved_recipients", StringComparison.Ordinal)
            ? Found is { } found ? [[0, 0, found.IsReserved, found.Emails, found.Mobiles, DBNull.Value, DBNull.Value, DBNull.Value]] : []
            : statement.Sql.StartsWith("SELECT EXISTS", StringComparison.Ordinal) ? [[IsHandedOff]]
            : [["""[{"nationalIdentityNumber":"16069412345"}]""", ChannelSchema.ToString(), false, false, false, DBNull.Value, DBNull.Value, false, DBNull.Value, DBNull.Value, DBNull.Value]];

    Task<ScheduledMessage<T>> IScheduleMessageProvider.ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
    {
        Timers.Add((message, scheduledTime));
        return Task.FromResult<ScheduledMessage<T>>(new Timer<T>(NewId.NextGuid(), scheduledTime, destinationAddress, message));
    }

    Task IScheduleMessageProvider.CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken) => Task.CompletedTask;

    Task IScheduleMessageProvider.CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) => Task.CompletedTask;

    Task ISendObserver.PostSend<T>(SendContext<T> context)
    {
        Sent.Add(context.Message);
        return Task.CompletedTask;
    }

    Task ISendObserver.PreSend<T>(SendContext<T> context) => Task.CompletedTask;

    Task ISendObserver.SendFault<T>(SendContext<T> context, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Answer(context, null);

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Answer(context, exception);

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        Answer(context.ReceiveContext, exception);

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    private Task Answer(ReceiveContext context, Exception? exception)
    {
        if (context.GetMessageId() is { } id && _waiting.TryGetValue(id, out var waiting))
            waiting.TrySetResult(exception);
        return Task.CompletedTask;
    }

    private sealed record Timer<T>(Guid TokenId, DateTime ScheduledTime, Uri Destination, T Payload) : ScheduledMessage<T>
        where T : class;
}
