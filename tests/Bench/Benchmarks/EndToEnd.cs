using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Meters;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>POST → recipients → provider → report → completed, from the first POST to the last completion, backlog included.</summary>
internal sealed class EndToEnd : IBenchmark
{
    private const int Clients = 32;
    private static readonly TimeSpan Posting = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => "e2e";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        await run.Load.PutPerson(cancellationToken);
        await Sustained(run, "e-mail to an address", OrderBodies.ToAnyAddress, Target.Min(250), cancellationToken);
        await Sustained(run, "person by number", OrderBodies.ToPerson, Target.Min(200), cancellationToken);
    }

    private async Task Sustained(BenchRun run, string kind, Func<byte[]> order, Target target, CancellationToken cancellationToken)
    {
        Task<bool> Post(CancellationToken ct) => run.Load.Order(order(), ct);
        BenchRun.Say($"{Name}: {kind}");
        await WarmUp(run, Post, cancellationToken);
        await run.Load.EmptyInbox(cancellationToken);
        await run.Settle(cancellationToken);

        await run.Meter.Reset(cancellationToken);
        var cost = await Cost.Begin(run, cancellationToken);
        var mark = await run.Completions.Mark(cancellationToken);
        var before = await run.Completions.FinalSagas(cancellationToken);
        var watch = Stopwatch.StartNew();
        var posted = await ClosedLoop.For(Posting, Clients, Post, cancellationToken);
        var backlog = posted.Accepted - await run.Completions.Since(mark, cancellationToken);
        var completed = await run.Completions.Wait(mark, posted.Accepted, Patience, cancellationToken);
        var elapsed = watch.Elapsed;
        var sagas = await run.Completions.FinalSagas(cancellationToken) - before;

        run.Add(new Measurement(Name, $"{kind}, completed", sagas / elapsed.TotalSeconds, "orders/s")
        {
            Target = target,
            Limit = run.Limits.Insert,
            Conditions = string.Create(CultureInfo.InvariantCulture,
                $"{posted.Accepted} posted by {Clients} clients at {posted.PerSecond:0}/s, backlog then {backlog}, all {sagas} final after {elapsed.TotalSeconds:0.0} s, stretch 400"),
        });
        if (posted.Failed > 0 || completed != posted.Accepted)
            run.Add(new Measurement(Name, $"{kind}, refused or not completed", posted.Failed + posted.Accepted - completed, "orders") { Target = Target.Max(0) });
        await cost.Add(run, Name, kind, posted.Accepted, "order", cancellationToken);
    }

    private static async Task WarmUp(BenchRun run, Func<CancellationToken, Task<bool>> post, CancellationToken cancellationToken)
    {
        var mark = await run.Completions.Mark(cancellationToken);
        var warm = await ClosedLoop.Times(1000, Clients, post, cancellationToken);
        if (warm.Failed > 0)
            throw new InvalidOperationException($"{warm.Failed} of 1000 orders were refused; see {run.System.Api.LogFile}");
        await run.Completions.Wait(mark, warm.Accepted, Patience, cancellationToken);
    }
}
