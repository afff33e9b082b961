using Microsoft.Extensions.Caching.Memory;

namespace Notifications.Consumers.Recipients;

/// <summary>What was asked for in the last ten minutes. Never an address or a reservation: those are asked for each shipment.</summary>
public abstract class RecentAnswers<TAnswer>(TimeProvider clock) : IDisposable
    where TAnswer : class
{
    private const int Most = 100_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = Most });

    public TAnswer? Find(string about) => _answers.Get<Kept>(about) is { } kept && kept.Until > clock.GetUtcNow() ? kept.Answer : null;

    public void Keep(string about, TAnswer answer) =>
        _answers.Set(about, new Kept(answer, clock.GetUtcNow() + KeptFor), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor });

    public void Dispose()
    {
        _answers.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed record Kept(TAnswer Answer, DateTimeOffset Until);
}

/// <summary>Names by national identity number and organization number.</summary>
public sealed class NameCache(TimeProvider clock) : RecentAnswers<string>(clock);

/// <summary>Resources by their id.</summary>
public sealed class TitleCache(TimeProvider clock) : RecentAnswers<Resource>(clock);
