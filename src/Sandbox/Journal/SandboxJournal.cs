using System.Text.Json;
using System.Threading.Channels;

namespace Notifications.Sandbox.Journal;

/// <summary>Appends to a file of JSON lines, off the way of the requests; does nothing without a data directory.</summary>
internal sealed class SandboxJournal(string? directory) : BackgroundService
{
    private readonly Channel<JournalEntry> entries = Channel.CreateUnbounded<JournalEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string? file = directory is null ? null : Path.Combine(directory, "journal.jsonl");

    public void Write(JournalEntry entry)
    {
        if (file is not null)
            entries.Writer.TryWrite(entry);
    }

    public IEnumerable<JournalEntry> Read()
    {
        if (!File.Exists(file))
            yield break;

        foreach (var line in File.ReadLines(file))
        {
            if (Parse(line) is { } entry)
                yield return entry;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (file is null)
            return;

        await using var writer = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);

        // A line that a crash cut short ends here.
        if (writer.Length > 0)
            writer.WriteByte((byte)'\n');
        while (await entries.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (entries.Reader.TryRead(out var entry))
            {
                await JsonSerializer.SerializeAsync(writer, entry, JsonSerializerOptions.Default, CancellationToken.None);
                writer.WriteByte((byte)'\n');
            }

            await writer.FlushAsync(CancellationToken.None);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        entries.Writer.TryComplete();
        return ExecuteTask ?? Task.CompletedTask;
    }

    private static JournalEntry? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<JournalEntry>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
