namespace Notifications.Local;

/// <summary>Where the hosts listen.</summary>
internal sealed record SystemPorts(int Api, int Sandbox, IReadOnlyList<int> Workers)
{
    private const int UsualApi = 5090;
    private const int UsualSandbox = 5095;

    public Uri ApiAddress => On(Api);

    public Uri SandboxAddress => On(Sandbox);

    public IEnumerable<Uri> WorkerAddresses => Workers.Select(On);

    public static SystemPorts Usual(int workers) =>
        new(UsualApi, UsualSandbox, [.. Enumerable.Range(UsualApi + 1, workers + 1).Where(port => port != UsualSandbox).Take(workers)]);

    public static SystemPorts Free(int workers) =>
        new(FreePort.Next(), FreePort.Next(), [.. Enumerable.Range(0, workers).Select(_ => FreePort.Next())]);

    private static Uri On(int port) => new($"http://localhost:{port}/");
}
