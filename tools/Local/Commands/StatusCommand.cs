using System.Text.Json;

namespace Notifications.Local;

/// <summary><c>./run --status</c>: JSON and nothing else. A process that has died has no pid.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static int Execute()
    {
        var state = LocalState.Read();
        var status = new
        {
            processes = (state?.Processes ?? [])
                .Where(process => process.IsVisible)
                .Select(process => new { process.Name, process.Pid, process.Address, process.Log }),
            database = state?.Database,
            broker = state?.Broker,
            data = state?.Data,
        };
        Console.WriteLine(JsonSerializer.Serialize(status, Readable));
        return 0;
    }
}
