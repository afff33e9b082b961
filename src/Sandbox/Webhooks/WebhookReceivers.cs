using System.Collections.Concurrent;

namespace Notifications.Sandbox.Webhooks;

/// <summary>The receivers that service owners would have, by their names. One that nobody has set up consents, and takes everything.</summary>
internal sealed class WebhookReceivers
{
    private readonly ConcurrentDictionary<string, WebhookReceiver> receivers = new(StringComparer.Ordinal);

    public WebhookReceiver Named(string name) => receivers.GetOrAdd(name, _ => new WebhookReceiver());
}

/// <summary>What a receiver got, oldest first, and what it says to it.</summary>
internal sealed class WebhookReceiver
{
    private const int MostKept = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<ReceivedRequest> received = new();
    private WebhookScript script = new();
    private int answered;

    public WebhookScript Script
    {
        get
        {
            lock (gate)
            {
                return script;
            }
        }

        set
        {
            lock (gate)
            {
                (script, answered) = (value, 0);
            }
        }
    }

    public IReadOnlyList<ReceivedRequest> Received
    {
        get
        {
            lock (gate)
            {
                return [.. received];
            }
        }
    }

    public string NextAnswer()
    {
        lock (gate)
        {
            return script.Answers is { Count: > 0 } answers ? answers[Math.Min(answered++, answers.Count - 1)] : "200";
        }
    }

    public void Keep(ReceivedRequest request)
    {
        lock (gate)
        {
            received.Enqueue(request);
            while (received.Count > MostKept)
                received.Dequeue();
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            received.Clear();
        }
    }
}

/// <summary>How a receiver behaves; everything may be left out.</summary>
/// <param name="Answers">To events, in turn: statuses, or <c>timeout</c>; the last one repeats.</param>
/// <param name="AllowedOrigin">Whose events it consents to; empty for nobody's.</param>
/// <param name="AllowedRate">How many in a minute.</param>
/// <param name="RetryAfter">Seconds, said with every answer that takes nothing.</param>
internal sealed record WebhookScript(IReadOnlyList<string>? Answers = null, string AllowedOrigin = "*", int? AllowedRate = null, int? RetryAfter = null);

/// <summary>A request as it came, and what was answered.</summary>
internal sealed record ReceivedRequest(DateTimeOffset ReceivedAt, string Method, IReadOnlyDictionary<string, string> Headers, string Body, string Answer);
