using FluentValidation;
using Notifications.Store;

namespace Notifications.Api.Senders;

/// <summary>The names under which one creator may send.</summary>
internal sealed class AllowedSenders(IReadOnlyList<VerifiedSender> verified, SenderSettings settings)
{
    public bool Allows(Channel channel, string sender) => channel == Channel.Email
        ? Same(sender, settings.DefaultEmail) || verified.Any(v => v.Channel == channel && (Same(sender, v.Sender) || (v.Sender[0] == '@' && sender.EndsWith(v.Sender, StringComparison.OrdinalIgnoreCase))))
        : string.Equals(sender, settings.DefaultSms, StringComparison.Ordinal) || verified.Any(v => v.Channel == channel && string.Equals(sender, v.Sender, StringComparison.Ordinal));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

internal static class SenderRule
{
    /// <summary>Refuses a sender that is not the creator's, where a validation is about a creator.</summary>
    public static void VerifiedSender<T>(this IRuleBuilder<T, string?> rule, Channel channel) => rule
        .Must((_, sender, context) => string.IsNullOrWhiteSpace(sender)
            || !context.RootContextData.TryGetValue(nameof(AllowedSenders), out var allowed) || ((AllowedSenders)allowed).Allows(channel, sender.Trim()))
        .WithMessage("The sender is not verified for you. Leave it out for the default sender, or have it registered by the operator of the service.");
}
