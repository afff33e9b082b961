using System.Runtime.InteropServices;
using Notifications.Tests.Bench;
using Notifications.Tests.Bench.Benchmarks;
using Notifications.Tests.Bench.Report;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

IBenchmark[] all = [new Latency(), new EndToEnd(), new Accepting(), new DeliveryReports(), new Idle(), new Fairness(), new Moment(), new ManyRecipients(), new Saga(), new Waiting(), new Timers()];
string[] names = ["raw", .. all.Select(benchmark => benchmark.Name)];
if (args.Except(names, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there are {string.Join(", ", names)}.");
    return 2;
}

var started = DateTimeOffset.UtcNow;
var chosen = all.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name, StringComparer.Ordinal)).ToArray();
try
{
    await using var run = await BenchRun.Start(stop.Token);
    try
    {
        await new FirstOrder().Run(run, stop.Token);
        await new Raw(seconds: args.Length == 0 || args.Contains("raw", StringComparer.Ordinal) ? 5 : 2).Run(run, stop.Token);
        foreach (var benchmark in chosen)
        {
            BenchRun.Say(benchmark.Name);
            await benchmark.Run(run, stop.Token);
        }
    }
    finally
    {
        // What was measured is shown, also when a later benchmark fails or is stopped.
        ResultTable.Print(run.Results);
        Console.WriteLine();
        Console.WriteLine(ResultFile.Write(started, run.Results, run.Profiles));
    }

    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
