using System.Collections.Concurrent;
using Notifications.Store;
using Npgsql;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// Closes the way to a provider for all workers when it says so, or when most calls to it fail; opens it when a message that went ahead
/// has come through.
/// </summary>
public sealed partial class ProviderGate(ProviderPauses pauses, ChannelProviders providers, ProviderCalls calls, TimeProvider clock, ILogger<ProviderGate> logger)
{
    private readonly ConcurrentDictionary<string, FailureRate> _rates = new(StringComparer.Ordinal);

    /// <summary>To be told of every call before it is settled, so that what waits finds the gate closed.</summary>
    public async Task Heed(ClaimedNotification message, Verdict verdict)
    {
        var provider = message.Provider;
        var tooMany = _rates.GetOrAdd(provider, static (_, time) => new FailureRate(time), clock).Count(verdict.IsFailure);
        try
        {
            if (verdict.Pause is { } cause)
                await Close(provider, verdict.IsAboutSender ? message.Sender ?? ProviderPause.DefaultSender : ProviderPause.Everybody, cause, verdict, message.GoesAhead);
            else if (tooMany || (message.GoesAhead && verdict.IsFailure))
                await Close(provider, ProviderPause.Everybody, PauseCause.Unavailable, verdict, message.GoesAhead);
            else if (message.GoesAhead)
                await Open(provider, message.Sender ?? ProviderPause.DefaultSender);
        }
        catch (NpgsqlException)
        {
            // The next call finds out anew; what matters is that this one is settled.
        }
    }

    /// <summary>Counts the call of somebody who waits for it, and so goes before all that only have a place in the pace.</summary>
    public Task Pass(ClaimedNotification message) => providers.Named(message.Channel, message.Provider) is { Pace: { } pace }
        ? calls.Count(message.Provider, pace, 1, CancellationToken.None)
        : Task.CompletedTask;

    private async Task Close(string provider, string sender, PauseCause cause, Verdict verdict, bool wentAhead)
    {
        var tries = await pauses.Pause(provider, sender, cause, verdict.Answer, wentAhead, verdict.RetryAfter, CancellationToken.None);
        // The first refusal may be a whim of the provider's; one after a pause is not.
        if (cause == PauseCause.Misconfigured && wentAhead && tries == 2)
            Refuses(logger, provider, verdict.Answer);
        else if (cause != PauseCause.Misconfigured && wentAhead == (tries > 1) && tries <= 2)
            Closed(logger, provider, cause, verdict.Answer);
    }

    private async Task Open(string provider, string sender)
    {
        await pauses.Resume(provider, sender, CancellationToken.None);
        Opened(logger, provider);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} refuses us ({Answer}). Messages wait until that is mended; nothing is lost.")]
    private static partial void Refuses(ILogger logger, string provider, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} is not called for a while: {Cause} ({Answer}).")]
    private static partial void Closed(ILogger logger, string provider, PauseCause cause, string answer);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} takes messages again.")]
    private static partial void Opened(ILogger logger, string provider);
}
