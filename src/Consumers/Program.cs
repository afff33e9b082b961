using Notifications.Consumers;
using Notifications.Hosting;
using Notifications.Hosting.Health;
using Notifications.Hosting.Settings;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddNotifications(embedded: false, brokerIsVital: true, bus => bus.AddWorkerConsumers());
    builder.Services.AddWorker(builder.Configuration);

    var app = builder.Build();
    app.MapHealth();
    app.Run();
    return 0;
}
catch (SettingException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
