using System.Threading.Channels;

namespace Notifications.Sandbox.Reports;

/// <summary>
/// Pushes delivery reports to their webhook. A push takes everything that became due while the previous one was under way;
/// what is not taken comes back by the schedule.
/// </summary>
internal abstract class ReportPusher<TReport>(TimeProvider time, RetrySchedule schedule, int mostInOnePush) : BackgroundService
{
    private readonly Channel<Due> due = Channel.CreateUnbounded<Due>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Completes when the webhook has taken the report.</summary>
    public Task Add(TReport report, TimeSpan delay)
    {
        var pending = new Due(report);
        Schedule(pending, delay);
        return pending.Taken.Task;
    }

    /// <summary>Returns, for each report in order, whether the webhook took it.</summary>
    protected abstract Task<IReadOnlyList<bool>> Push(IReadOnlyList<TReport> reports, int attempt, CancellationToken cancellation);

    /// <summary>The provider knows this now, whoever listens.</summary>
    protected abstract void BecameDue(TReport report);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await due.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<Due>();
            while (batch.Count < mostInOnePush && due.Reader.TryRead(out var next))
                batch.Add(next);
            await Push(batch, stoppingToken);
        }
    }

    private async Task Push(List<Due> batch, CancellationToken cancellation)
    {
        IReadOnlyList<bool> taken = [];
        try
        {
            taken = await Push([.. batch.Select(next => next.Report)], batch.Max(next => next.Attempts) + 1, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or System.Xml.XmlException or IOException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Nobody took any; all of them come back.
        }

        for (var index = 0; index < batch.Count; index++)
        {
            var next = batch[index];
            next.Attempts++;
            if (index < taken.Count && taken[index])
                next.Taken.TrySetResult();
            else if (schedule.After(next.Attempts) is { } wait)
                Schedule(next, wait);
        }
    }

    private void Schedule(Due next, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
            Enqueue(next);
        else
            _ = EnqueueLater(next, delay);
    }

    private async Task EnqueueLater(Due next, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Enqueue(next);
    }

    private void Enqueue(Due next)
    {
        if (next.Attempts == 0)
            BecameDue(next.Report);
        due.Writer.TryWrite(next);
    }

    private sealed class Due(TReport report)
    {
        public TReport Report { get; } = report;

        public int Attempts { get; set; }

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
