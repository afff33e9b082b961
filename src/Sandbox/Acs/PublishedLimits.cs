namespace Notifications.Sandbox.Acs;

/// <summary>The limits that are published for a custom domain. Refused calls use them up too.</summary>
internal sealed class PublishedLimits(SandboxSettings settings, TimeProvider time)
{
    private readonly Window sends = new(30, 100);
    private readonly Window statuses = new(60, 200);

    public int RefusedSends => sends.Refused;

    /// <summary>Seconds to wait, or null when the call may pass.</summary>
    public int? Send() => settings.AcsLimits ? sends.Take(time.GetUtcNow()) : null;

    public int? Status() => settings.AcsLimits ? statuses.Take(time.GetUtcNow()) : null;

    private sealed class Window(int perMinute, int perHour)
    {
        private readonly Lock gate = new();
        private readonly Queue<DateTimeOffset> calls = new();

        public int Refused { get; private set; }

        public int? Take(DateTimeOffset now)
        {
            lock (gate)
            {
                var wait = Count(now);
                if (wait is not null)
                    Refused++;
                return wait;
            }
        }

        private int? Count(DateTimeOffset now)
        {
            while (calls.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromHours(1))
                calls.Dequeue();
            calls.Enqueue(now);
            if (calls.Count > perHour)
                return Math.Max(1, (int)(TimeSpan.FromHours(1) - (now - calls.Peek())).TotalSeconds);
            return calls.Count(call => now - call < TimeSpan.FromMinutes(1)) > perMinute ? 60 : null;
        }
    }
}
