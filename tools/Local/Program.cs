using System.Runtime.InteropServices;
using Notifications.Local;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

try
{
    return args switch
    {
        ["run", .. var flags] => await Run(RunFlags.Parse(flags)),
        ["install"] => await InstallCommand.Execute(stop.Token),
        _ => throw new UsageException("Give one of the commands: run, install"),
    };
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (LocalException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{failure.Message} Check who owns {Repository.LocalFolder} and that the disk is not full.");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped before everything was up");
    return 130;
}

Task<int> Run(RunFlags flags) => flags switch
{
    { ShowHelp: true } => Help(),
    { Status: true } => Task.FromResult(StatusCommand.Execute()),
    { Stop: true } => StopCommand.Execute(stop.Token),
    _ => new RunCommand(flags).Execute(stop.Token),
};

static Task<int> Help()
{
    Console.WriteLine(RunFlags.Help);
    return Task.FromResult(0);
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
