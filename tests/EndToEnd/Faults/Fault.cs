using Notifications.Local;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Faults;

public enum Fault
{
    Api_is_killed,
    Worker_is_killed,
    RabbitMq_restarts,
    RabbitMq_is_killed,
    RabbitMq_loses_its_data,
    PostgreSql_restarts,
    PostgreSql_is_killed,
}

internal static class HappeningFaults
{
    /// <summary>Breaks the system and mends it; what comes after is the system's own affair.</summary>
    public static Task Happen(this BreakableSystem system, Fault fault) => fault switch
    {
        Fault.Api_is_killed => KillAndStart(system.Local.Api),
        Fault.Worker_is_killed => KillAndStart(system.Worker),
        Fault.RabbitMq_restarts => Started(system.Local.Broker.Restart),
        Fault.RabbitMq_is_killed => KillAndStart(system.Local.Broker.Kill, system.Local.Broker.Restart),
        Fault.RabbitMq_loses_its_data => Started(system.Local.Broker.WipeData),
        Fault.PostgreSql_restarts => Started(system.Local.Postgres.Restart),
        Fault.PostgreSql_is_killed => KillAndStart(system.Local.Postgres.Kill, system.Local.Postgres.Restart),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
    };

    private static Task KillAndStart(HostProcess host) => KillAndStart(host.Kill, () =>
    {
        host.Start();
        return Task.CompletedTask;
    });

    private static async Task KillAndStart(Func<Task> kill, Func<Task> start)
    {
        await kill();
        await Started(start);
    }

    /// <summary>A process that was killed may hold its port a moment longer.</summary>
    private static async Task Started(Func<Task> start) => await Eventually.Until("The start", async () =>
    {
        await start();
        return true;
    }, started => started);
}
