using System.Runtime.ExceptionServices;

namespace Notifications.Local;

/// <summary>Tasks that stand or fall together: the first failure stops the others, and is the one that is told.</summary>
internal sealed class TaskGroup(CancellationToken outer) : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
    private readonly List<Task> tasks = [];
    private ExceptionDispatchInfo? first;

    public CancellationToken Stopping => stop.Token;

    public Task Add(Func<CancellationToken, Task> work)
    {
        var task = Run(work);
        tasks.Add(task);
        return task;
    }

    /// <summary>Ends when every task has.</summary>
    public async Task End()
    {
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        first?.Throw();
    }

    public void Dispose() => stop.Dispose();

    private async Task Run(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stop.Token);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(exception), null);
            await stop.CancelAsync();
            throw;
        }
    }
}
