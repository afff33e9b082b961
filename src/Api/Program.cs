using Notifications.Api;
using Notifications.Api.Access;
using Notifications.Api.Apps;
using Notifications.Api.Attempts;
using Notifications.Api.Bounces;
using Notifications.Api.Chains;
using Notifications.Api.Composed;
using Notifications.Api.Documentation;
using Notifications.Api.EndUsers;
using Notifications.Api.Foresight;
using Notifications.Api.History;
using Notifications.Api.Instant;
using Notifications.Api.Limits;
using Notifications.Api.Metrics;
using Notifications.Api.Monitoring;
using Notifications.Api.Orders;
using Notifications.Api.Pauses;
using Notifications.Api.Reports;
using Notifications.Api.Senders;
using Notifications.Api.Shipments;
using Notifications.Api.Support;
using Notifications.Api.Templates;
using Notifications.Api.TestRecipients;
using Notifications.Api.V1;
using Notifications.Api.Webhooks;
using Notifications.Api.Wire;
using Notifications.Consumers;
using Notifications.Consumers.Recipients;
using Notifications.Hosting;
using Notifications.Hosting.Health;
using Notifications.Sagas;

if (args.Contains("migrate"))
    return await Migrate.Run(WebApplication.CreateBuilder(args).Configuration);

if (args is [ApiDocument.Command, var file, ..])
    return await ApiDocument.Write(Build([.. ApiDocument.Settings]), file);

if (args is [WorkflowDocument.Command, var picture, ..])
{
    await File.WriteAllTextAsync(picture, WorkflowDocument.Make());
    return 0;
}

return await HostLoop.Run(() => Build(args));

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(args);
    var embedded = args.Contains("--embedded");
    builder.AddNotifications(embedded, brokerIsVital: false, bus =>
    {
        if (embedded)
            bus.AddWorkerConsumers();
    });
    if (embedded)
        builder.Services.AddWorker(builder.Configuration);

    builder.Services.AddAccess(builder.Configuration);
    builder.Services.AddLimits(builder.Configuration);
    builder.Services.AddSenders(builder.Configuration);
    builder.Services.AddReports(builder.Configuration);
    builder.Services.AddSingleton<TestRecipientListValidator>();
    builder.Services.AddRecipients(builder.Configuration);
    builder.Services.AddSingleton<OrderRequestValidator>();
    builder.Services.AddTransient<UnknownResources>();
    builder.Services.AddTransient<OrderedInstances>();
    builder.Services.AddChains();
    builder.Services.AddSingleton<OrderIntake>();
    builder.Services.AddTemplates();
    builder.Services.AddComposed();
    builder.Services.AddForesight(builder.Configuration);
    builder.Services.AddAppEvents(builder.Configuration);
    builder.Services.AddEndUsers();
    builder.Services.AddInstant(builder.Configuration);
    builder.Services.AddV1(builder.Configuration);
    builder.Services.AddWebhooks(builder.Configuration);
    builder.Services.AddSingleton<PublicAddress>();
    builder.Services.AddSingleton(CompatibilitySettings.Read(builder.Configuration));
    builder.Services.AddSingleton<IWarmUp, OrderWarmUp>();
    builder.Services.AddSingleton<IWarmUp, TokenWarmUp>();
    builder.Services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
    builder.Services.AddExceptionHandler<Away>();
    builder.Services.AddExceptionHandler<Unreadable>();
    builder.Services.AddApiDocument();

    var app = builder.Build();
    app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapHealth();
    app.UseApiDocument();
    app.MapMonitoring();

    var api = app.MapGroup(PublicAddress.Prefix);
    api.MapReports();
    api.MapPostAppEvent();
    api.MapGetAttempts();
    api.MapBadAddresses();
    api.MapProviderPauses();
    api.MapGetPreventedDuplicates();
    api.MapTestRecipients();
    api.MapSenders();
    api.MapGetRecipientNotifications();
    api.MapGetSendCondition(app.Services);
    api.MapPostComposedEmail(app.Services);
    api.MapMetrics();
    api.MapGetEndUserLog();

    var orders = api.MapGroup("").RequireAuthorization(AccessRegistration.MayCreate).WithRequestRate(app.Services);
    orders.MapPostOrder();
    orders.MapPostOrderBatch();
    orders.MapForesight();
    orders.MapGetFeed();
    orders.MapGetShipment();
    orders.MapGetLog();
    orders.MapHistory();
    orders.MapChains();
    orders.MapInstant();
    orders.MapV1();
    orders.MapWebhooks();
    orders.MapRules();
    orders.MapTemplates();

    return app;
}
