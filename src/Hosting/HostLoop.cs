using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Notifications.Hosting.Settings;

namespace Notifications.Hosting;

/// <summary>Asks that the host be taken down and built anew in the same process.</summary>
public sealed class Rebuild(IHostApplicationLifetime lifetime, IOptions<HostOptions> host)
{
    /// <summary>What hangs does not stop however long it is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _overdue = new();

    public bool IsWanted { get; private set; }

    /// <summary>Ends when the host should have stopped long since: some of what hangs does not heed that it is to stop.</summary>
    public Task Overdue => _overdue.Task;

    public void Request()
    {
        IsWanted = true;
        host.Value.ShutdownTimeout = Patience;
        // The rest is to stop, whatever hangs.
        host.Value.ServicesStopConcurrently = true;
        _ = RunOut();
        lifetime.StopApplication();
    }

    private async Task RunOut()
    {
        await Task.Delay(2 * Patience);
        _overdue.TrySetResult();
    }
}

/// <summary>
/// Runs a host, and builds it anew when it asks for that: a connection of the broker's client can hang in a way that nothing short of a new
/// one mends, and a process that only answers that it is unwell would wait for somebody to come.
/// </summary>
public static class HostLoop
{
    /// <summary>Returns the process's exit code. A wrong setting ends it with the one line that says what to set.</summary>
    public static async Task<int> Run(Func<WebApplication> build)
    {
        try
        {
            while (true)
            {
                var app = build();
                var rebuild = app.Services.GetRequiredService<Rebuild>();
                await RunOnce(app, rebuild);
                if (!rebuild.IsWanted)
                    return 0;
            }
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    /// <summary>A host that is to be built anew is stopped as far as it stops, and left behind: disposing of it would wait for what hangs, and its loggers are still in use.</summary>
    private static async Task RunOnce(WebApplication app, Rebuild rebuild)
    {
        try
        {
            await app.StartAsync();
            await await Task.WhenAny(app.WaitForShutdownAsync(), rebuild.Overdue);
        }
        catch (Exception) when (rebuild.IsWanted)
        {
            // What hangs did not stop in time, or not well.
        }
        finally
        {
            if (!rebuild.IsWanted)
                await app.DisposeAsync();
        }
    }
}
