using System.Diagnostics;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>What became of one recipient, as whoever ordered sees it.</summary>
/// <param name="Message">The notification's state.</param>
/// <param name="Attempts">Each with its outcome and the provider's words.</param>
/// <param name="Reports">In the provider's words.</param>
public sealed record Ending(string Message, IReadOnlyList<string> Attempts, IReadOnlyList<string> Reports)
{
    public bool IsCalled => Attempts.Any(a => a.StartsWith("Claimed", StringComparison.Ordinal));

    public override string ToString() => $"{Message} after [{string.Join(", ", Attempts)}], reported [{string.Join(", ", Reports)}]";
}

/// <summary>One order to many, of each of whom the stand-in says what it was told to: all of it is waited for once.</summary>
internal sealed class MappedOrder(RunningSystem system, bool isEmail)
{
    /// <summary>Further than any pause, and far from the time after which a call is given up.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stillness = Eventually.Patience;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Also of what never stands still.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static int _orders;

    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _order = Interlocked.Increment(ref _orders);
    private readonly Dictionary<string, string> _nameOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _expected = new(StringComparer.Ordinal);
    private Guid _id;

    public NotificationsDriver Owner => _owner;

    /// <summary>Each one's address or number.</summary>
    public IEnumerable<string> Recipients => _nameOf.Keys;

    /// <param name="name">Of the recipient.</param>
    /// <param name="script">What is said of its message.</param>
    /// <param name="message">What is waited for.</param>
    public async Task Add(string name, object script, string message)
    {
        var recipient = isEmail ? $"to{_nameOf.Count}@{_owner.Creator}.example.no" : $"+4790{_order:000}{_nameOf.Count:000}";
        await system.Sandbox.Script(recipient, script);
        _nameOf.Add(recipient, name);
        Expect(name, message);
    }

    public void Expect(string name, string message) => _expected[name] = message;

    public async Task Send() => _id = isEmail
        ? await _owner.V1.Accept("orders/email", V1Driver.EmailTo([.. _nameOf.Keys.Select(V1Driver.Email)]))
        : await _owner.V1.Accept("orders/sms", V1Driver.SmsTo([.. _nameOf.Keys.Select(V1Driver.Mobile)]));

    /// <summary>
    /// What became of each, when it is what is expected and no call is without its record, or nothing changes any more. The clock goes on
    /// meanwhile, so that pauses end, but never over a call that is under way.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Ending>> Endings() => (await Endings(system, this))[0];

    /// <summary>As <see cref="Endings()"/>, of orders that are under way at the same time.</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, Ending>>> Endings(RunningSystem system, params MappedOrder[] orders)
    {
        var endings = await Look(orders);
        var (all, still) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (all.Elapsed < Longest && !orders.Zip(endings).All(o => o.First.IsExpected(o.Second)))
        {
            var isCalled = endings.Any(e => e.Values.Any(ending => ending.IsCalled));
            if (!isCalled && still.Elapsed > Stillness)
                break;
            await (isCalled ? Task.Delay(BetweenLooks) : system.Sandbox.AdvanceClock(Step));
            var before = Text(endings);
            endings = await Look(orders);
            if (Text(endings) != before)
                still.Restart();
        }
        return endings;
    }

    /// <summary>What the provider has taken for one.</summary>
    public Task<IReadOnlyList<InboxMessage>> Inbox(string name) => system.Sandbox.Inbox(_nameOf.Single(n => n.Value == name).Key);

    private bool IsExpected(IReadOnlyDictionary<string, Ending> endings) =>
        _expected.All(e => endings.TryGetValue(e.Key, out var ending) && ending.Message == e.Value && !ending.IsCalled);

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, Ending>>> Look(MappedOrder[] orders) => await Task.WhenAll(orders.Select(o => o.Look()));

    private static string Text(IEnumerable<IReadOnlyDictionary<string, Ending>> endings) => string.Join('\n', endings.SelectMany(e => e));

    public async Task<IReadOnlyDictionary<string, Ending>> Look()
    {
        var recipients = (await _owner.V1.Get($"orders/{_id}/notifications/{(isEmail ? "email" : "sms")}")).Body.GetProperty("notifications").EnumerateArray()
            .ToDictionary(n => n.GetProperty("id").GetGuid(), n => n.GetProperty("recipient").GetProperty(isEmail ? "emailAddress" : "mobileNumber").GetString()!);
        var attempts = await _owner.Get($"shipment/{_id}/attempts");
        return attempts.Body.EnumerateArray()
            .Select(n => (Id: n.GetProperty("notificationId").GetGuid(), Ending: Read(n)))
            .Where(n => recipients.ContainsKey(n.Id))
            .ToDictionary(n => _nameOf[recipients[n.Id]], n => n.Ending, StringComparer.Ordinal);
    }

    private static Ending Read(JsonElement notification) => new(
        notification.GetProperty("status").GetString()!.Split('_', 2)[1],
        [.. notification.GetProperty("attempts").EnumerateArray().Select(a => $"{a.GetProperty("outcome")}: {(a.TryGetProperty("answer", out var answer) ? answer : default)}")],
        [.. notification.GetProperty("reports").EnumerateArray().Select(r => r.GetProperty("providerState").GetString()!)]);
}
