using System.Text.Json;

namespace Notifications.Sandbox.Clock;

/// <summary>The offset of the whole sandbox system, with a version that never goes back, and the hosts that follow it.</summary>
internal sealed class SandboxClock
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAdvance = TimeSpan.FromSeconds(10);

    private readonly SandboxTime time;
    private readonly TimeProvider real;
    private readonly string? file;
    private readonly Lock gate = new();
    private TaskCompletionSource jumped = Signal();
    private long version;

    public SandboxClock(SandboxTime time, TimeProvider real, string? directory)
    {
        (this.time, this.real) = (time, real);
        file = directory is null ? null : Path.Combine(directory, "clock.json");
        var saved = file is not null && File.Exists(file) ? JsonSerializer.Deserialize<Saved>(File.ReadAllText(file)) : new Saved(0, 0);
        time.Jump(TimeSpan.FromSeconds(saved!.OffsetSeconds));

        // Starting from real time keeps the version growing even where nothing was saved.
        version = Math.Max(saved.Version + 1, real.GetUtcNow().ToUnixTimeMilliseconds());
        Followers = new ClockFollowers(real);
    }

    public ClockFollowers Followers { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public double OffsetSeconds => time.Offset.TotalSeconds;

    public long Version => Volatile.Read(ref version);

    public async Task Advance(TimeSpan by, CancellationToken cancellation)
    {
        long reached;
        TaskCompletionSource waiting;
        lock (gate)
        {
            reached = version + 1;
            Save(new Saved(reached, (time.Offset + by).TotalSeconds));
            time.Jump(by);
            Volatile.Write(ref version, reached);
            (waiting, jumped) = (jumped, Signal());
        }

        waiting.SetResult();
        await Followers.WaitForAll(reached, LongestAdvance, cancellation);
    }

    /// <summary>Answers when the clock has another version than the one the host has seen, or after a while in any case.</summary>
    public async Task<ClockVersion> Follow(string host, long seen, CancellationToken aborted)
    {
        using var poll = Followers.Polls(host, seen, aborted);
        Task next;
        lock (gate)
        {
            next = version == seen ? jumped.Task : Task.CompletedTask;
        }

        try
        {
            await next.WaitAsync(LongestPoll, real, aborted);
        }
        catch (TimeoutException)
        {
            // The same version again, so that a proxy or a dead connection is noticed.
        }

        lock (gate)
        {
            return new ClockVersion(version, OffsetSeconds);
        }
    }

    private void Save(Saved state)
    {
        if (file is null)
            return;

        var draft = file + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(state));
        File.Move(draft, file, overwrite: true);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Saved(long Version, double OffsetSeconds);
}

internal sealed record ClockVersion(long Version, double OffsetSeconds);
