namespace Notifications.Store;

/// <summary>The providers as the attempt ledger and the delivery reports name them. A second account at the same one has a number after its name.</summary>
public static class Providers
{
    public const string Acs = "acs";
    public const string Smtp = "smtp";
    public const string Link = "link";

    /// <summary>The same gateway by its other interface, to which we name the messages.</summary>
    public const string LinkCommon = "link-common";

    /// <summary>Nobody: what goes to it is as good as delivered, and reaches no one.</summary>
    public const string StandIn = "stand-in";

    /// <summary>An account beside another one of the same provider.</summary>
    public static string Second(string provider) => $"{provider}-2";
}

/// <summary>An account at somebody who takes the messages of a channel.</summary>
/// <param name="Name">As the ledger has it.</param>
/// <param name="Channel">Whose messages it takes.</param>
public sealed record ProviderAccount(string Name, Channel Channel)
{
    /// <summary>Its share of the channel's messages beside the others'; with 0 it takes what the others do not.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>How often it may be called; null for as often as there are messages.</summary>
    public Pace? Pace { get; init; }

    /// <summary>How much of that one creator has; null for all of it.</summary>
    public CreatorShares? Shares { get; init; }

    /// <summary>Its calls are counted.</summary>
    public bool IsPaced => Pace is not null || Shares is not null;

    /// <summary>A call that is repeated is no second message there, so that one whose outcome is unknown is made again.</summary>
    public bool KnowsRepeats { get; init; }
}

/// <summary>Who takes the messages of each channel here.</summary>
public sealed class ChannelProviders
{
    private readonly Dictionary<Channel, ProviderAccount[]> _accounts;

    public ChannelProviders(params IEnumerable<ProviderAccount> accounts)
    {
        _accounts = accounts.GroupBy(a => a.Channel).ToDictionary(a => a.Key, a => a.ToArray());
        KnowingRepeats = [.. _accounts.Values.SelectMany(a => a).Where(a => a.KnowsRepeats).Select(a => a.Name), Providers.StandIn];
    }

    public IReadOnlyCollection<Channel> Channels => _accounts.Keys;

    /// <summary>The names of those at whom a repeated call is no second message.</summary>
    public string[] KnowingRepeats { get; }

    public IReadOnlyList<ProviderAccount> Of(Channel channel) =>
        _accounts.TryGetValue(channel, out var accounts) ? accounts : throw new ArgumentOutOfRangeException(nameof(channel), channel, "No provider takes this channel.");

    /// <summary>Null for a provider that is nobody's account, as the stand-in.</summary>
    public ProviderAccount? Named(Channel channel, string name) => Of(channel).FirstOrDefault(a => a.Name == name);

    /// <summary>The one whose turn it is.</summary>
    public ProviderAccount Next(Channel channel) => Of(channel) is [var only] ? only : Next(Of(channel), Random.Shared.Next(Total(Of(channel))));

    /// <summary>The others behind one of them, those with the larger share first.</summary>
    public IReadOnlyList<ProviderAccount> From(ProviderAccount first) => Of(first.Channel) is { Count: 1 } only
        ? only
        : [first, .. Of(first.Channel).Where(a => a != first).OrderByDescending(a => a.Weight)];

    /// <param name="accounts">Of one channel.</param>
    /// <param name="turn">At least 0, and less than <see cref="Total"/>.</param>
    internal static ProviderAccount Next(IReadOnlyList<ProviderAccount> accounts, int turn)
    {
        foreach (var account in accounts)
        {
            if (turn < account.Weight)
                return account;
            turn -= account.Weight;
        }
        return accounts[0];
    }

    internal static int Total(IReadOnlyList<ProviderAccount> accounts) => Math.Max(1, accounts.Sum(a => a.Weight));
}
