using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Notifications.Hosting.Clock;

/// <summary>
/// Follows the sandbox's clock, so that the whole system moves together: each answered poll tells the sandbox that this host has taken the
/// offset of the poll before. Only exists in a sandbox environment.
/// </summary>
internal sealed partial class SandboxClock(MovableTime time, HttpClient sandbox, ILogger<SandboxClock> logger) : BackgroundService
{
    private readonly string _host = $"{Environment.MachineName}-{Environment.ProcessId}";
    private long _seen;

    /// <summary>The first offset is taken before anything else of the host starts.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await Follow(patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            ClockIsMissing(logger, sandbox.BaseAddress!);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException && !stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), stoppingToken);
            }
        }
    }

    private async Task Follow(CancellationToken cancellationToken)
    {
        var clock = await sandbox.GetFromJsonAsync<Offset>($"clock/follow?host={_host}&seen={_seen}", cancellationToken)
            ?? throw new HttpRequestException("The sandbox's clock gave an empty answer.");
        time.MoveTo(TimeSpan.FromSeconds(clock.OffsetSeconds));
        _seen = clock.Version;
    }

    private sealed record Offset(long Version, double OffsetSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox at {Sandbox} does not answer, so this host runs on the system's own time until it does. Start the sandbox, or unset Sandbox:Url.")]
    private static partial void ClockIsMissing(ILogger logger, Uri sandbox);
}
