using System.Threading.Channels;
using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Reports;

/// <summary>
/// Pushes delivery reports to their webhook. A push takes everything that became due while the previous one was under way;
/// what is not taken comes back by the schedule.
/// </summary>
internal abstract class ReportPusher<TReport>(TimeProvider time, RetrySchedule schedule, int mostInOnePush, SandboxJournal journal) : BackgroundService
{
    private readonly Channel<Due> due = Channel.CreateUnbounded<Due>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<Guid, (Due Report, DateTimeOffset DueAt)> restored = [];

    /// <summary>Completes when the webhook has taken the report.</summary>
    public Task Add(TReport report, TimeSpan delay)
    {
        var pending = new Due(Guid.NewGuid(), report);
        journal.Write(Planned(pending.Key, report, time.GetUtcNow() + delay));
        Schedule(pending, delay);
        return pending.Taken.Task;
    }

    public void Restore(Guid key, TReport report, DateTimeOffset dueAt) => restored[key] = (new Due(key, report), dueAt);

    public bool RestoreTaken(Guid key)
    {
        if (!restored.Remove(key, out var taken))
            return false;
        BecameDue(taken.Report.Report);
        return true;
    }

    /// <summary>Schedules what was restored and not taken.</summary>
    public void Resume()
    {
        foreach (var (report, dueAt) in restored.Values)
            Schedule(report, dueAt - time.GetUtcNow());
        restored.Clear();
    }

    /// <summary>Returns, for each report in order, whether the webhook took it.</summary>
    protected abstract Task<IReadOnlyList<bool>> Push(IReadOnlyList<TReport> reports, int attempt, CancellationToken cancellation);

    /// <summary>The provider knows this now, whoever listens.</summary>
    protected abstract void BecameDue(TReport report);

    protected abstract JournalEntry Planned(Guid key, TReport report, DateTimeOffset dueAt);

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
            Settle(batch[index], index < taken.Count && taken[index]);
    }

    private void Settle(Due report, bool isTaken)
    {
        report.Attempts++;
        if (isTaken)
        {
            journal.Write(new ReportTaken(report.Key));
            report.Taken.TrySetResult();
        }
        else if (schedule.After(report.Attempts) is { } wait)
        {
            Schedule(report, wait);
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

    private sealed class Due(Guid key, TReport report)
    {
        public Guid Key => key;

        public TReport Report => report;

        public int Attempts { get; set; }

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
