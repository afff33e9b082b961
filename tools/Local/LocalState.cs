using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Local;

/// <summary>What <c>./run</c> has started, for the next command to find.</summary>
internal sealed record LocalState
{
    public required int Workers { get; init; }

    public required bool Embedded { get; init; }

    public required bool Compose { get; init; }

    public required string Database { get; init; }

    public string? Broker { get; init; }

    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>In the order of their start.</summary>
    public required IReadOnlyList<SystemProcess> Processes { get; init; }

    private static string StateFile => Path.Combine(Repository.LocalFolder, "state.json");

    public static LocalState? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<LocalState>(File.ReadAllText(StateFile));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    public static void Forget() => File.Delete(StateFile);

    public void Write()
    {
        // A reader sees the old state or the new one, never half of it.
        var unfinished = $"{StateFile}.{Environment.ProcessId}";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this));
        File.Move(unfinished, StateFile, overwrite: true);
    }

    [JsonIgnore]
    public bool IsRunning => Processes.Any(process => process.Pid is not null);

    /// <summary>The same with those processes that are known anew.</summary>
    public LocalState UpdatedBy(IReadOnlyList<SystemProcess> known) => this with
    {
        Processes =
        [
            .. Processes.Select(old => known.FirstOrDefault(process => process.IsNamed(old.Name)) ?? old),
            .. known.Where(process => !Processes.Any(old => old.IsNamed(process.Name))),
        ],
    };

    public OsProcess? Running(string name) =>
        Processes.FirstOrDefault(process => process.IsNamed(name)) is { Pid: not null } found ? found.Process : null;

    /// <summary>The port a server had: what still runs expects it there again.</summary>
    public int? PortOf(string server) =>
        Processes.FirstOrDefault(process => process.IsNamed(server))?.Address is { } address
            ? new Uri($"tcp://{address}").Port
            : null;
}
