using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>Who is called for a message that somebody waits for: the one whose turn it is, or another one while that is not called.</summary>
public sealed class ProviderChoice(ChannelProviders providers, ProviderPauses pauses, TestRecipients recipients, TestSending testing)
{
    /// <summary>The first is to be called, and after it each that the ones before it have not taken the message.</summary>
    public async Task<IReadOnlyList<string>> For(Channel channel, string creator, string address, CancellationToken cancellationToken)
    {
        if (testing.OnlyListed && !await recipients.IsListed(creator, channel, address, cancellationToken))
            return [Providers.StandIn];

        var names = providers.From(providers.Next(channel)).Select(a => a.Name).ToArray();
        if (names.Length == 1)
            return names;
        var paused = (await pauses.Current(cancellationToken)).Where(p => p.Sender == ProviderPause.Everybody).Select(p => p.Provider).ToHashSet(StringComparer.Ordinal);
        return [.. names.OrderBy(paused.Contains)];
    }
}
