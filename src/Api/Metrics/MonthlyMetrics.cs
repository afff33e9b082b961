using Notifications.Store;

namespace Notifications.Api.Metrics;

/// <summary>What one creator has ordered and sent in a month. SMS are counted in the parts that they are paid by.</summary>
internal sealed class MonthlyMetrics
{
    public required string Creator { get; init; }
    public long Orders { get; private set; }
    public long Emails { get; private set; }
    public long DeliveredEmails { get; private set; }
    public long Sms { get; private set; }
    public long DeliveredSms { get; private set; }

    /// <summary>By the names of the creators. The month is one of UTC.</summary>
    public static async Task<IReadOnlyList<MonthlyMetrics>> Of(int year, int month, ReadMetrics read, CancellationToken cancellationToken)
    {
        var from = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero);
        var to = from.AddMonths(1);
        var creators = new SortedDictionary<string, MonthlyMetrics>(StringComparer.Ordinal);
        foreach (var (creator, orders) in await read.Orders(from, to, cancellationToken))
            Named(creators, creator).Orders = orders;
        await foreach (var count in read.Counts(from, to, cancellationToken))
            Named(creators, count.Creator).Add(count);
        return [.. creators.Values];
    }

    public static MonthlyMetrics Sum(IReadOnlyCollection<MonthlyMetrics> all) => new()
    {
        Creator = "All",
        Orders = all.Sum(m => m.Orders),
        Emails = all.Sum(m => m.Emails),
        DeliveredEmails = all.Sum(m => m.DeliveredEmails),
        Sms = all.Sum(m => m.Sms),
        DeliveredSms = all.Sum(m => m.DeliveredSms),
    };

    private static MonthlyMetrics Named(SortedDictionary<string, MonthlyMetrics> creators, string name)
    {
        if (!creators.TryGetValue(name, out var metrics))
            creators[name] = metrics = new MonthlyMetrics { Creator = name };
        return metrics;
    }

    private void Add(FinishedCount count)
    {
        if (count.Channel == Channel.Email)
        {
            Emails += count.Count;
            DeliveredEmails += count.IsDelivered ? count.Count : 0;
        }
        else
        {
            var parts = count.Count * SmsText.Parts(count.Text);
            Sms += parts;
            DeliveredSms += count.IsDelivered ? parts : 0;
        }
    }
}
