using System.Collections.Concurrent;
using FluentValidation;
using FluentValidation.Results;
using Notifications.Store;

namespace Notifications.Api.Senders;

/// <summary>
/// Validates what a creator orders, its senders too. The registry is read once in half a minute for each creator that orders, and not at all where senders
/// need not be verified.
/// </summary>
public sealed class SenderControl(SenderSettings settings, VerifiedSenders registry, TimeProvider clock)
{
    /// <summary>After how long a change is seen by every host.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async ValueTask<ValidationResult> Validate<T>(IValidator<T> validator, T request, string creator, CancellationToken cancellationToken)
    {
        if (!settings.MustBeVerified)
            return validator.Validate(request);

        var context = new ValidationContext<T>(request);
        context.RootContextData[nameof(AllowedSenders)] = await Of(creator, cancellationToken);
        return validator.Validate(context);
    }

    /// <summary>The creator's senders have changed.</summary>
    public void Forget(string creator) => _known.TryRemove(creator, out _);

    private async ValueTask<AllowedSenders> Of(string creator, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(creator, out var known) && clock.GetUtcNow() - known.ReadAt < Memory)
            return known.Senders;

        var senders = new AllowedSenders(await registry.Of(creator, cancellationToken), settings);
        _known[creator] = new Known(senders, clock.GetUtcNow());
        return senders;
    }

    private sealed record Known(AllowedSenders Senders, DateTimeOffset ReadAt);
}
