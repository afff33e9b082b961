using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Notifications.Tests.DurabilityContract;

/// <summary>Looks at queues from outside.</summary>
static class Broker
{
    public static async Task<bool> Exists(EngineServers servers, string queue)
    {
        try
        {
            await Depth(servers, queue);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    public static async Task<uint> Depth(EngineServers servers, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = servers.RabbitMq.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }
}
