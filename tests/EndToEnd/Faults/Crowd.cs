using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>
/// Clients who order e-mail and SMS at the same time, half and half, each to an address of its own. An order that gets no answer, or an
/// error of the server's, is ordered again under the same idempotency id, as a good client does.
/// </summary>
internal sealed class Crowd(NotificationsDriver owner, int orders)
{
    private const int Clients = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _numbers;
    private int _tries;

    private readonly ConcurrentDictionary<string, Guid> _shipmentOf = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _middle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The accepted shipments by the address they go to.</summary>
    public IReadOnlyDictionary<string, Guid> ShipmentOf => _shipmentOf;

    /// <summary>When a third of the orders is accepted and the rest is on its way.</summary>
    public Task InTheMiddle => _middle.Task;

    /// <summary>How many requests got no answer or an error.</summary>
    public int Repeated => _tries - _shipmentOf.Count;

    public async Task OrderEverything()
    {
        var queue = new ConcurrentQueue<(string Address, JsonObject Order)>(Enumerable.Range(0, orders).Select(NewOrder));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Client(queue)));
    }

    private async Task Client(ConcurrentQueue<(string Address, JsonObject Order)> queue)
    {
        while (queue.TryDequeue(out var next))
        {
            var answer = await Eventually.Until($"The order to {next.Address}", () => Try(next.Order), a => a.IsAccepted, Patience);
            _shipmentOf[next.Address] = answer.Accepted().ShipmentId;
            if (_shipmentOf.Count >= orders / 3)
                _middle.TrySetResult();
        }
    }

    private Task<Answer> Try(JsonObject order)
    {
        Interlocked.Increment(ref _tries);
        return owner.Post(order);
    }

    private (string Address, JsonObject Order) NewOrder(int index)
    {
        if (index % 2 == 0)
        {
            var email = $"{owner.Creator}.{index}@example.no";
            return (email, Order.Email(email, body: $"To {email}"));
        }

        var mobile = $"+479{Interlocked.Increment(ref _numbers):0000000}";
        return (mobile, Order.Sms(mobile, body: $"To {mobile}"));
    }
}
