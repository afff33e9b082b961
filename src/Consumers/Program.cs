using Notifications.Consumers;
using Notifications.Hosting;
using Notifications.Hosting.Health;

return await HostLoop.Run(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddNotifications(embedded: false, brokerIsVital: true, bus => bus.AddWorkerConsumers());
    builder.Services.AddWorker(builder.Configuration);

    var app = builder.Build();
    app.MapHealth();
    return app;
});
