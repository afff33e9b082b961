using System.Threading.Channels;
using Notifications.Sandbox.Clock;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class ReportPusherTests : IAsyncLifetime, IDisposable
{
    private readonly SandboxTime time = new(TimeProvider.System);
    private readonly Recorder pusher;

    public ReportPusherTests() => pusher = new Recorder(time);

    public Task InitializeAsync() => pusher.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => pusher.StopAsync(CancellationToken.None);

    public void Dispose() => pusher.Dispose();

    [Fact]
    public async Task A_report_is_pushed_at_once()
    {
        var taken = pusher.Add("a", TimeSpan.Zero);
        (await pusher.Next()).Answer(true);

        await taken;
    }

    [Fact]
    public async Task What_became_due_during_a_push_leaves_in_one_push_after_it()
    {
        _ = pusher.Add("a", TimeSpan.Zero);
        var first = await pusher.Next();
        string[] during = ["b", "c", "d"];
        foreach (var report in during)
            _ = pusher.Add(report, TimeSpan.Zero);
        first.Answer(true);

        (await pusher.Next()).Reports.ShouldBe(during);
    }

    [Fact]
    public async Task Only_what_was_not_taken_comes_back_when_its_wait_is_over()
    {
        _ = pusher.Add("a", TimeSpan.Zero);
        (await pusher.Next()).Answer(true);
        _ = pusher.Add("b", TimeSpan.Zero);
        (await pusher.Next()).Answer(false);
        await pusher.Settled("b");
        time.Jump(TimeSpan.FromHours(1));

        (await pusher.Next()).Reports.ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_delayed_report_is_pushed_when_the_clock_gets_there()
    {
        _ = pusher.Add("late", TimeSpan.FromHours(1));
        _ = pusher.Add("now", TimeSpan.Zero);
        var first = await pusher.Next();
        first.Reports.ShouldBe(["now"]);
        first.Answer(true);
        time.Jump(TimeSpan.FromHours(1));

        (await pusher.Next()).Reports.ShouldBe(["late"]);
    }

    [Fact]
    public async Task A_restored_report_is_pushed_again_unless_it_was_taken()
    {
        var (lost, taken) = (Guid.NewGuid(), Guid.NewGuid());
        pusher.Restore(lost, "lost", time.GetUtcNow());
        pusher.Restore(taken, "taken", time.GetUtcNow());
        pusher.RestoreTaken(taken).ShouldBeTrue();
        pusher.Resume();

        (await pusher.Next()).Reports.ShouldBe(["lost"]);
    }

    [Theory]
    [InlineData("1,2,5,10", 1, 1.0)]
    [InlineData("1,2,5,10", 4, 10.0)]
    [InlineData("1,2,5,10", 400, 10.0)]
    [InlineData("EventGrid", 1, 10.0)]
    [InlineData("EventGrid", 29, 3600.0)]
    [InlineData("EventGrid", 30, null)]
    public void The_schedule_repeats_its_last_wait(string setting, int attempts, double? seconds) =>
        (RetrySchedule.Parse(setting).After(attempts)?.TotalSeconds).ShouldBe(seconds);

    private sealed class Recorder(SandboxTime time) : ReportPusher<string>(time, RetrySchedule.Parse("3600"), 100, new SandboxJournal(null))
    {
        private readonly Channel<Delivery> pushes = Channel.CreateUnbounded<Delivery>();

        public async Task<Delivery> Next() => await pushes.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        /// <summary>The next push begins only when the one before is settled.</summary>
        public async Task Settled(string report)
        {
            _ = Add("after " + report, TimeSpan.Zero);
            (await Next()).Answer(true);
        }

        protected override async Task<IReadOnlyList<bool>> Push(IReadOnlyList<string> reports, int attempt, CancellationToken cancellation)
        {
            var delivery = new Delivery(reports, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            await pushes.Writer.WriteAsync(delivery, cancellation);
            var taken = await delivery.Outcome.Task.WaitAsync(cancellation);
            return [.. reports.Select(_ => taken)];
        }

        protected override void BecameDue(string report)
        {
            // Nobody looks.
        }

        protected override JournalEntry Planned(Guid key, string report, DateTimeOffset dueAt) => new ReportTaken(key);
    }

    private sealed record Delivery(IReadOnlyList<string> Reports, TaskCompletionSource<bool> Outcome)
    {
        public void Answer(bool taken) => Outcome.SetResult(taken);
    }
}
