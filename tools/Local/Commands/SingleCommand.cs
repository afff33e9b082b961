namespace Notifications.Local;

/// <summary>One command at a time starts or stops things; another waits for it.</summary>
internal sealed class SingleCommand : IDisposable
{
    private readonly FileStream held;

    private SingleCommand(FileStream held) => this.held = held;

    public static async Task<SingleCommand> Enter(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Repository.LocalFolder);
        var file = Path.Combine(Repository.LocalFolder, "lock");
        for (var hasSaid = false; ; hasSaid = true)
        {
            try
            {
                return new SingleCommand(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            }
            catch (IOException)
            {
                if (!hasSaid)
                    await Console.Error.WriteLineAsync("Another ./run is starting or stopping the system; waiting for it");
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    public void Dispose() => held.Dispose();
}
