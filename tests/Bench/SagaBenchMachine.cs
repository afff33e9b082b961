using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Durability;

namespace Notifications.Tests.Bench;

public sealed record BenchStart(Guid Id, string Body);

public sealed record BenchResolveRecipients(Guid Id, string Body);

public sealed record BenchRecipientsResolved(Guid Id, string Body);

public sealed record BenchSendEmail(Guid Id, string Body);

public sealed record BenchEmailSent(Guid Id, string Body);

public sealed record BenchAwaitReport(Guid Id, string Body);

public sealed record BenchReported(Guid Id, string Body);

public sealed class BenchOrder : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }
    public string CurrentState { get; set; } = "";
    public string? Body { get; set; }
    public DateTimeOffset StartedAt { get; set; }
}

/// <summary>Four transitions and seven messages for each order.</summary>
public sealed class BenchOrderMachine : MassTransitStateMachine<BenchOrder>
{
    static long s_completed;

    public BenchOrderMachine()
    {
        InstanceState(order => order.CurrentState);
        Event(() => Start, e => e.CorrelateById(context => context.Message.Id));
        Event(() => RecipientsResolved, e => e.CorrelateById(context => context.Message.Id));
        Event(() => EmailSent, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Reported, e => e.CorrelateById(context => context.Message.Id));

        Initially(When(Start)
            .Then(context => (context.Saga.Body, context.Saga.StartedAt) = (context.Message.Body, DateTimeOffset.UtcNow))
            .Publish(context => new BenchResolveRecipients(context.Saga.CorrelationId, context.Saga.Body!))
            .TransitionTo(Resolving));
        During(Resolving, Ignore(Start), When(RecipientsResolved)
            .Publish(context => new BenchSendEmail(context.Saga.CorrelationId, context.Saga.Body!))
            .TransitionTo(Sending));
        During(Sending, Ignore(Start), When(EmailSent)
            .Publish(context => new BenchAwaitReport(context.Saga.CorrelationId, context.Saga.Body!))
            .TransitionTo(Waiting));
        During(Waiting, Ignore(Start), When(Reported).Then(_ => Interlocked.Increment(ref s_completed)).TransitionTo(Completed));
    }

    public State Resolving { get; } = null!;
    public State Sending { get; } = null!;
    public State Waiting { get; } = null!;
    public State Completed { get; } = null!;
    public Event<BenchStart> Start { get; } = null!;
    public Event<BenchRecipientsResolved> RecipientsResolved { get; } = null!;
    public Event<BenchEmailSent> EmailSent { get; } = null!;
    public Event<BenchReported> Reported { get; } = null!;

    public static long CompletedSoFar => Interlocked.Read(ref s_completed);
}

public sealed class BenchConsumers : IConsumer<BenchResolveRecipients>, IConsumer<BenchSendEmail>, IConsumer<BenchAwaitReport>
{
    public Task Consume(ConsumeContext<BenchResolveRecipients> context)
        => context.Publish(new BenchRecipientsResolved(context.Message.Id, context.Message.Body));

    public Task Consume(ConsumeContext<BenchSendEmail> context)
        => context.Publish(new BenchEmailSent(context.Message.Id, context.Message.Body));

    public Task Consume(ConsumeContext<BenchAwaitReport> context)
        => context.Publish(new BenchReported(context.Message.Id, context.Message.Body));
}

public sealed class BenchContext(DbContextOptions<BenchContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddDurabilityEntities();
        modelBuilder.Entity<BenchOrder>(order =>
        {
            order.ToTable("bench_order");
            order.HasKey(row => row.CorrelationId);
            order.Property(row => row.Version).IsConcurrencyToken();
            order.HasStorageParameter("fillfactor", 70);
        });
    }
}
