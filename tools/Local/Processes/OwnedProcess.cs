using System.Collections.Concurrent;
using System.Text.Json;

namespace Notifications.Local;

/// <summary>
/// A note on disk per process that must not outlive the program that started it. A program that ends tidily ends them
/// itself; when it was killed, the next one finds its notes and ends them then.
/// </summary>
internal sealed record OwnedProcess(OsProcess Owner, OsProcess Process, string? TemporaryData)
{
    private static readonly string Notes = Path.Combine(Repository.LocalFolder, "owned");
    private static readonly ConcurrentDictionary<OsProcess, OwnedProcess> Mine = new();

    static OwnedProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndMine();

    private string Note => Path.Combine(Notes, $"{Process.Pid}-{Process.StartTicks}.json");

    public static void Remember(OsProcess process, string? temporaryData)
    {
        var owned = new OwnedProcess(OsProcess.Current, process, temporaryData);
        Directory.CreateDirectory(Notes);
        File.WriteAllText(owned.Note, JsonSerializer.Serialize(owned));
        Mine[process] = owned;
    }

    public static void Forget(OsProcess process)
    {
        if (Mine.TryRemove(process, out var owned))
            File.Delete(owned.Note);
    }

    public static void EndOrphans()
    {
        if (!Directory.Exists(Notes))
            return;

        foreach (var note in Directory.EnumerateFiles(Notes, "*.json"))
        {
            if (Read(note) is { Owner.IsAlive: false } orphan)
                orphan.End();
        }
    }

    private static void EndMine()
    {
        foreach (var owned in Mine.Values)
            owned.End();
    }

    private void End()
    {
        foreach (var child in Process.IsAlive ? Process.Children() : [])
            child.Kill();
        Process.Kill();
        SpinWait.SpinUntil(() => !Process.IsAlive, TimeSpan.FromSeconds(5));
        try
        {
            if (TemporaryData is not null && Directory.Exists(TemporaryData))
                Directory.Delete(TemporaryData, recursive: true);
            File.Delete(Note);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another program may be clearing the same orphan away.
        }
    }

    private static OwnedProcess? Read(string note)
    {
        try
        {
            return JsonSerializer.Deserialize<OwnedProcess>(File.ReadAllText(note));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }
}
