using System.Diagnostics;
using Notifications.Consumers;
using Notifications.Hosting;
using Notifications.Hosting.Health;

// Where the hosts share a machine, accepting an order goes before sending one: the backlog waits in the database, its owner on the line.
Process.GetCurrentProcess().PriorityClass = ProcessPriorityClass.BelowNormal;

return await HostLoop.Run(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddNotifications(embedded: false, brokerIsVital: true, bus => bus.AddWorkerConsumers());
    builder.Services.AddWorker(builder.Configuration);

    var app = builder.Build();
    app.MapHealth();
    return app;
});
