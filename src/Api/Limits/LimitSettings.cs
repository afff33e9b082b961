using Notifications.Hosting.Settings;

namespace Notifications.Api.Limits;

/// <summary>What one creator may do; null is no limit.</summary>
/// <param name="RequestsPerSecond">To one API host; a second's worth may come at once.</param>
/// <param name="OrdersPerDay">Orders that are accepted in a day by Norwegian time, on all hosts together.</param>
/// <param name="LookupsPerDay">Recipients that are looked up without an order.</param>
public sealed record CreatorLimit(int? RequestsPerSecond, int? OrdersPerDay, int? LookupsPerDay = null)
{
    public static readonly CreatorLimit None = new(null, null);
}

/// <summary>Settings under <c>Limits</c>: for everyone, and for single creators under <c>Limits:Creators:&lt;name&gt;</c>.</summary>
public sealed class LimitSettings
{
    /// <summary>What Kestrel takes by itself.</summary>
    public const int DefaultRequestBytes = 30_000_000;

    public const int DefaultStraightOrders = 200;
    public const int DefaultBatchBytes = 100_000_000;
    public const int DefaultBatchOrders = 10_000;

    public int RequestBytes { get; init; } = DefaultRequestBytes;

    /// <summary>How many orders of a creator one API host sends on at once, and then in each second; while more comes, all of it waits in the backlog.</summary>
    public int StraightOrders { get; init; } = DefaultStraightOrders;
    public int BatchBytes { get; init; } = DefaultBatchBytes;
    public int BatchOrders { get; init; } = DefaultBatchOrders;
    public CreatorLimit Everyone { get; init; } = CreatorLimit.None;
    public IReadOnlyDictionary<string, CreatorLimit> Creators { get; init; } = new Dictionary<string, CreatorLimit>(StringComparer.Ordinal);

    public CreatorLimit Of(string creator) => Creators.GetValueOrDefault(creator, Everyone);

    public static LimitSettings Read(IConfiguration configuration)
    {
        var everyone = Limit(configuration, "Limits", CreatorLimit.None);
        return new LimitSettings
        {
            RequestBytes = Number(configuration, "Limits:RequestBytes") ?? DefaultRequestBytes,
            StraightOrders = Number(configuration, "Limits:StraightOrders") ?? DefaultStraightOrders,
            BatchBytes = Number(configuration, "Limits:BatchBytes") ?? DefaultBatchBytes,
            BatchOrders = Number(configuration, "Limits:BatchOrders") ?? DefaultBatchOrders,
            Everyone = everyone,
            Creators = configuration.GetSection("Limits:Creators").GetChildren()
                .ToDictionary(creator => creator.Key, creator => Limit(configuration, creator.Path, everyone), StringComparer.Ordinal),
        };
    }

    private static CreatorLimit Limit(IConfiguration configuration, string path, CreatorLimit otherwise) => new(
        Number(configuration, $"{path}:RequestsPerSecond") ?? otherwise.RequestsPerSecond,
        Number(configuration, $"{path}:OrdersPerDay") ?? otherwise.OrdersPerDay,
        Number(configuration, $"{path}:LookupsPerDay") ?? otherwise.LookupsPerDay);

    private static int? Number(IConfiguration configuration, string name) =>
        NotificationsSettings.Number(configuration, name, "a whole number above 0, or leave it out");
}
