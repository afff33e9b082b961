using Notifications.Local;
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
        Fault.RabbitMq_restarts => system.Local.Broker.Restart(),
        Fault.RabbitMq_is_killed => KillAndStart(system.Local.Broker),
        Fault.RabbitMq_loses_its_data => system.Local.Broker.WipeData(),
        Fault.PostgreSql_restarts => system.Local.Postgres.Restart(),
        Fault.PostgreSql_is_killed => KillAndStart(system.Local.Postgres),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
    };

    private static async Task KillAndStart(HostProcess host)
    {
        await host.Kill();
        host.Start();
    }

    private static async Task KillAndStart(PrivateRabbitMq broker)
    {
        await broker.Kill();
        await broker.Restart();
    }

    private static async Task KillAndStart(PrivatePostgres postgres)
    {
        await postgres.Kill();
        await postgres.Restart();
    }
}
