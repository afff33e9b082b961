using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Every fault of two providers at the same time, as the answer that never comes is waited for as long as in production.</summary>
public abstract class FaultRun(RunningSystem system, params FaultyProvider[] providers) : IAsyncLifetime
{
    private readonly Dictionary<(string Provider, string Fault), Ending> _endings = [];
    private readonly Dictionary<(string Provider, string Fault), (Ending Ending, int Taken)> _afterTheirTime = [];

    protected RunningSystem System => system;

    public static TheoryData<string, string> Names(params FaultyProvider[] providers)
    {
        var all = new TheoryData<string, string>();
        foreach (var (provider, row) in providers.SelectMany(p => p.Rows.Select(r => (p, r))))
            all.Add(provider.Name, row.Says);
        return all;
    }

    public async Task InitializeAsync()
    {
        await system.Sandbox.BeDaytime();
        await Break();
        var orders = new List<MappedOrder>();
        foreach (var provider in providers)
            orders.Add(await Order(provider));
        await End(orders, "Delivered");

        // Longer than a report is waited for, and then longer than any message lives.
        await End(orders, "Succeeded", TimeSpan.FromMinutes(11));
        await End(orders, FaultyProvider.Expired, TimeSpan.FromHours(49));
        foreach (var (provider, order) in providers.Zip(orders))
            await Keep(provider, order);
    }

    public Task DisposeAsync() => Mend();

    /// <summary>What else is to be wrong meanwhile.</summary>
    protected virtual Task Break() => Task.CompletedTask;

    protected virtual Task Mend() => Task.CompletedTask;

    /// <summary>Before the order is sent.</summary>
    private protected virtual Task Prepare(MappedOrder order) => Task.CompletedTask;

    /// <param name="name">The provider's.</param>
    /// <param name="fault">That of a row of its table.</param>
    public void WasWeathered(string name, string fault)
    {
        var provider = providers.Single(p => p.Name == name);
        var row = provider.Rows.Single(r => r.Says == fault);
        var (ending, (last, taken)) = (_endings[(name, fault)], _afterTheirTime[(name, fault)]);

        ending.Message.ShouldBe(row["Message"], $"{ending}");
        provider.Calls(ending).First().ShouldStartWith($"{row["Attempt"]}: ", customMessage: $"{ending}");
        taken.ShouldBe(row.Count("Taken"), $"{last}");
        last.Message.ShouldBe(row["Message"] == "Delivered" ? "Delivered" : FaultyProvider.Expired, $"{last}");
        last.IsCalled.ShouldBeFalse($"{last}");
        if ((row["Attempt"], row["Message"]) == ("Unknown", FaultyProvider.Expired) && fault != FaultyProvider.Always)
            provider.Calls(last).Count().ShouldBe(1, $"{last}");
        if (fault == FaultyProvider.ReportedTwice)
            last.Reports.Count.ShouldBe(2, $"{last}");
    }

    private async Task<MappedOrder> Order(FaultyProvider provider)
    {
        var order = new MappedOrder(system, provider.IsEmail);
        foreach (var row in provider.Rows)
            await order.Add(row.Says, provider.Script(row.Says), FaultyProvider.BeforeItsTime(row));
        await Prepare(order);
        await order.Send();
        return order;
    }

    /// <summary>Keeps what became of those that are to end so, when this time has gone by.</summary>
    private async Task End(List<MappedOrder> orders, string message, TimeSpan? time = null)
    {
        if (providers.SelectMany(p => p.Rows).All(r => r["Message"] != message))
            return;
        foreach (var (provider, order) in providers.Zip(orders))
        {
            foreach (var row in provider.Rows.Where(r => r["Message"] == message || (message == FaultyProvider.Expired && r["Message"] != "Delivered")))
                order.Expect(row.Says, message);
        }
        if (time is { } by)
            await system.Sandbox.AdvanceClock(by);
        var seen = await MappedOrder.Endings(system, [.. orders]);
        foreach (var (provider, endings) in providers.Zip(seen))
        {
            foreach (var row in provider.Rows.Where(r => r["Message"] == message))
                _endings[(provider.Name, row.Says)] = endings[row.Says];
        }
    }

    private async Task Keep(FaultyProvider provider, MappedOrder order)
    {
        var endings = await Eventually.Until("The report that came too late", order.Look, now => now[FaultyProvider.ReportedTwice].Reports.Count > 1);
        foreach (var (fault, ending) in endings)
            _afterTheirTime[(provider.Name, fault)] = (ending, (await order.Inbox(fault)).Count);
    }
}
