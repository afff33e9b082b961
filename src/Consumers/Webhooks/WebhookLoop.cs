using Notifications.Hosting;
using Notifications.Store;

namespace Notifications.Consumers.Webhooks;

/// <summary>
/// Gives webhooks their turns, many at a time, so that a slow receiver keeps nobody waiting but itself. Any number of hosts may run it; a
/// lease keeps each webhook with one of them.
/// </summary>
public sealed partial class WebhookLoop(WebhookLeases leases, IServiceProvider services, TimeProvider clock, ILogger<WebhookLoop> logger) : Rounds
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HashSet<Task> _turns = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        await Task.WhenAll(_turns);
    }

    protected override async Task Round(CancellationToken cancellationToken)
    {
        _turns.RemoveWhere(turn => turn.IsCompleted);
        if (_turns.Count == AtOnce)
            return;

        foreach (var webhook in await leases.Take(AtOnce - _turns.Count, cancellationToken))
            _turns.Add(Turn(webhook, cancellationToken));
    }

    protected override Task Rest(CancellationToken cancellationToken) => Task.Delay(Pause, clock, cancellationToken);

    protected override void Failed(string reason) => LookFailed(logger, reason);

    /// <summary>What goes wrong here goes wrong with the database, and the lease ends by itself.</summary>
    private async Task Turn(LeasedWebhook webhook, CancellationToken stopping)
    {
        try
        {
            await services.GetRequiredService<WebhookDelivery>().Run(webhook, stopping);
        }
        catch (Exception e)
        {
            TurnFailed(logger, webhook.Id, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be looked for ({Reason}). Trying on.")]
    private static partial void LookFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The turn of webhook {WebhookId} broke off ({Reason}). It goes on in some minutes.")]
    private static partial void TurnFailed(ILogger logger, Guid webhookId, string reason);
}
