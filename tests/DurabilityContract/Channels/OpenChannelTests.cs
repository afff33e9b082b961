using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Reconciler;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.DurabilityContract.Channels.Mailbox;
using Notifications.Tests.DurabilityContract.Store;
using Notifications.Tests.DurabilityContract.Workflow;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Channels;

/// <summary>
/// A channel that nobody but these tests has, on the product's own saga, ledger, bus and tables: what its folder holds is all that it needs.
/// </summary>
public sealed class OpenChannelTests(ContractServers servers) : StoreTest(servers)
{
    private const string Person = "16069412345";

    [Fact]
    public async Task A_message_goes_its_whole_way_over_a_channel_of_its_own()
    {
        using var host = await Start();
        var shipment = await Reserved(host);

        await Eventually.Equals(() => Task.FromResult(Taken(host).Count), 1);
        var taken = Taken(host).Single();
        (taken.Address, taken.Subject, taken.Body, taken.Provider).ShouldBe((Person, "Subject", "Body", MailboxChannel.Provider));
        await Eventually.Equals(() => State(taken.Id), NotificationState.Accepted);

        await Reported(host, new ReceivedReport(MailboxChannel.Provider, MailboxChannel.Channel, "opened", taken.Id.ToString(), "opened", NotificationState.Delivered));

        await Eventually.Equals(() => Feed(shipment), "Mailbox_Delivered");
        await host.StopAsync();
    }

    [Fact]
    public async Task A_message_whose_command_was_lost_is_driven_again_and_a_command_that_comes_twice_is_heard_once()
    {
        using var host = await Start();
        var id = (await Notifications(MailboxChannel.Channel, 1))[0];

        await host.Services.GetRequiredService<ReconcilerLoop>().Pass(CancellationToken.None);
        await Eventually.Equals(() => State(id), NotificationState.Accepted);

        var queue = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(Addresses.Of(MailboxChannel.Channel.Name));
        await queue.Send(new SendOverChannel(id));
        await Eventually.Equals(() => Prevented(host), 1);
        Taken(host).Count.ShouldBe(1);
        await host.StopAsync();
    }

    private async Task<Microsoft.Extensions.Hosting.IHost> Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Email:ConnectionString"] = "endpoint=http://localhost:1/;accesskey=AAECAw==",
            ["Sms:Endpoint"] = "http://localhost:1/",
            ["Sms:User"] = "nobody",
            ["Sms:Password"] = "nothing",
        });
        // Later than what the tests write, so that what waits is due.
        builder.Services.AddSingleton<TimeProvider>(new LaterClock());
        builder.Services.AddSingleton(Database);
        builder.Services.AddLogging().AddStore();
        builder.Services.AddProviders(builder.Configuration);
        builder.Services.AddSingleton<ChannelRules>().AddSingleton<ReconcilerLoop>();
        builder.Services.AddMailbox();
        builder.Services.AddWorkflow();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>A shipment to somebody who turns out to have opted out.</summary>
    private static async Task<Guid> Reserved(Microsoft.Extensions.Hosting.IHost host)
    {
        var (id, now, work) = (NewId.NextGuid(), host.Services.GetRequiredService<TimeProvider>().GetUtcNow(), host.Services.GetRequiredService<IUnitOfWorkFactory>());
        var shipment = new Shipment
        {
            Id = id,
            OrderId = id,
            Ordinal = 0,
            Type = ShipmentType.Notification,
            Creator = "ttd",
            CreatedAt = now,
            RequestedSendTime = now,
            Recipients = OrderedRecipient.ToJson([new OrderedRecipient { NationalIdentityNumber = Person }]),
            ChannelSchema = ChannelSchema.Email,
            EmailSubject = "Subject",
            EmailBody = "Body",
        };
        var accepting = work.Begin();
        accepting.Accept(new Order { Id = id, Creator = "ttd", Kind = OrderKind.V1, CreatedAt = now }, [shipment]);
        await accepting.Begin(shipment, directChannel: null, now, CancellationToken.None);
        await accepting.Commit(CancellationToken.None);

        await Eventually.Equals(() => Standing(host, id), nameof(OrderStateMachine.ResolvingRecipients));
        var resolving = work.Begin();
        foreach (var statement in StoreRecipients.Statements(id, [new ResolvedRecipient { ShipmentId = id, Ordinal = 0, IsReserved = true, Emails = ["ola@example.no"], Mobiles = [] }]))
            resolving.Enlist(statement);
        await resolving.Publish(new RecipientsResolved(id), CancellationToken.None);
        await resolving.Commit(CancellationToken.None);
        return id;
    }

    private static async Task Reported(Microsoft.Extensions.Hosting.IHost host, ReceivedReport report)
    {
        await using var transaction = await host.Services.GetRequiredService<IUnitOfWorkFactory>().BeginTransaction(CancellationToken.None);
        await transaction.Tell(await ApplyReports.Apply(transaction.Transaction, [report], Now, CancellationToken.None), CancellationToken.None);
        await transaction.Commit(CancellationToken.None);
    }

    private static System.Collections.Concurrent.ConcurrentQueue<ClaimedNotification> Taken(Microsoft.Extensions.Hosting.IHost host) => host.Services.GetRequiredService<MailboxProvider>().Taken;

    private async Task<NotificationState> State(Guid id) => (await Stored(id)).State;

    private static async Task<long> Prevented(Microsoft.Extensions.Hosting.IHost host) =>
        (await host.Services.GetRequiredService<CountDuplicates>().Since(DateOnly.MinValue, CancellationToken.None)).Where(p => p.Kind == DuplicateKind.ClaimTaken).Sum(p => p.Count);

    private static Task<string> Standing(Microsoft.Extensions.Hosting.IHost host, Guid shipment) =>
        Scalar(host.Services.GetRequiredService<NpgsqlDataSource>(), "SELECT current_state FROM order_state WHERE correlation_id = $1", shipment);

    private Task<string> Feed(Guid shipment) => Scalar(Database, "SELECT entry -> 'recipients' -> 0 ->> 'status' FROM status_feed WHERE shipment_id = $1", shipment);

    private static async Task<string> Scalar(NpgsqlDataSource database, string sql, Guid id)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now.AddMinutes(1);
    }
}
