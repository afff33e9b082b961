using System.Diagnostics;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>
/// The time after a fault. The service drives again what has stood still for up to a minute; when nothing has moved for a while, the clock is
/// moved by that minute instead of waiting for it. It is never moved while something happens, so that no call to a provider is jumped over.
/// </summary>
internal sealed class Recovery(BreakableSystem system, NotificationsDriver owner, int orders, Action<string> say)
{
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PatienceOfTheService = TimeSpan.FromSeconds(61);
    private readonly Completions _completions = new(owner);
    private string _open = "";

    public async Task UntilOnlyUnknownSmsAreOpen(TimeSpan patience)
    {
        var started = Stopwatch.StartNew();
        while (!await EndsByItself(patience - started.Elapsed))
        {
            say($"moving the clock, open are: {_open}");
            await system.Sandbox.AdvanceClock(PatienceOfTheService);
        }
        say("only SMS of unknown outcome are open");
    }

    /// <summary>What nobody knows the outcome of is given up at its expiry.</summary>
    public async Task EndUnknownSms()
    {
        var unknown = await _completions.Left(orders);
        if (unknown == 0)
            return;
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(48));
        await Eventually.Until("The end of the SMS of unknown outcome", () => _completions.Left(orders), left => left == 0);
        say($"{unknown} SMS of unknown outcome have expired");
    }

    /// <summary>False when nothing moves any more although something ought to.</summary>
    private async Task<bool> EndsByItself(TimeSpan patience)
    {
        var since = Stopwatch.StartNew();
        return await Eventually.Until("The end of all but the SMS of unknown outcome", async () =>
        {
            if (await OnlyUnknownSmsAreOpen())
                return (Ended: true, Still: false, _open);
            var open = string.Join(", ", (await system.Ledger.Open(owner.Creator)).Order(StringComparer.Ordinal));
            if (open != _open)
                (_open, since) = (open, Stopwatch.StartNew());
            return (Ended: false, Still: since.Elapsed > Still, _open);
        }, look => look.Ended || look.Still, patience) is { Ended: true };
    }

    private async Task<bool> OnlyUnknownSmsAreOpen()
    {
        var left = await _completions.Left(orders);
        return left == 0 || left == (await system.Ledger.Of(owner.Creator)).Count(line => line is { Channel: "Sms", State: "Sending", IsUnknown: true });
    }
}
