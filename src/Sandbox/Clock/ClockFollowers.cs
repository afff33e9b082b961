namespace Notifications.Sandbox.Clock;

/// <summary>Who follows the clock, and how far each has come.</summary>
internal sealed class ClockFollowers(TimeProvider real)
{
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Follower> followers = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = Signal();

    public IDisposable Polls(string host, long seen, CancellationToken aborted)
    {
        lock (gate)
        {
            if (!followers.TryGetValue(host, out var follower))
                followers[host] = follower = new Follower();
            follower.Seen = seen;
            follower.OpenPolls++;
        }

        Changed();
        return new Poll(this, host, aborted);
    }

    /// <summary>Waits until every host that is there has come back with this version or a later one.</summary>
    public async Task WaitForAll(long version, TimeSpan limit, CancellationToken cancellation)
    {
        var started = real.GetTimestamp();
        while (real.GetElapsedTime(started) < limit)
        {
            Task next;
            lock (gate)
            {
                if (followers.Values.All(follower => follower.Seen >= version || IsGone(follower)))
                    return;
                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(Recheck, real, cancellation);
            }
            catch (TimeoutException)
            {
                // A host may have gone meanwhile without a sign.
            }
        }
    }

    private bool IsGone(Follower follower) => follower.OpenPolls == 0 && real.GetElapsedTime(follower.LastPoll) > BetweenPolls;

    private void Leave(string host, bool aborted)
    {
        lock (gate)
        {
            var follower = followers[host];
            follower.OpenPolls--;
            follower.LastPoll = real.GetTimestamp();
            if (aborted && follower.OpenPolls == 0)
                followers.Remove(host);
        }

        Changed();
    }

    private void Changed()
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            (waiting, changed) = (changed, Signal());
        }

        waiting.SetResult();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Follower
    {
        public long Seen { get; set; }

        public int OpenPolls { get; set; }

        public long LastPoll { get; set; }
    }

    private sealed class Poll(ClockFollowers followers, string host, CancellationToken aborted) : IDisposable
    {
        public void Dispose() => followers.Leave(host, aborted.IsCancellationRequested);
    }
}
