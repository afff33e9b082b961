using FluentValidation;
using Notifications.Consumers.Webhooks;
using Notifications.Sagas;

namespace Notifications.Api.Webhooks;

/// <summary>The body that makes a webhook, or changes it.</summary>
public sealed record WebhookRequest
{
    /// <summary>Where final states are told: an https address that is reached from everywhere.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Which final states: <c>Order_Completed</c>, <c>Order_Cancelled</c>, <c>Order_SendConditionNotMet</c>; all of them by default.</summary>
    public IReadOnlyList<string?>? Statuses { get; init; }

    /// <summary>1, or up to so many events in each request, as a CloudEvents batch, for those who have many.</summary>
    public int? BatchSize { get; init; }

    internal Uri Address => new(Endpoint, UriKind.Absolute);

    /// <summary>Null for all, also of a later version.</summary>
    internal string[]? Wanted => Statuses is { Count: > 0 } ? [.. Statuses.OfType<string>().Distinct(StringComparer.Ordinal)] : null;
}

public sealed class WebhookRequestValidator : AbstractValidator<WebhookRequest>
{
    private const int LongestEndpoint = 2048;
    private const int LargestBatch = 100;
    private static readonly string[] FinalStatuses = [WireStatus.Completed, WireStatus.Cancelled, WireStatus.SendConditionNotMet];

    public WebhookRequestValidator(WebhookSettings settings)
    {
        RuleFor(r => r.Endpoint).Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(LongestEndpoint)
            .Must(e => Uri.TryCreate(e, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (!settings.PublicOnly && address.Scheme == Uri.UriSchemeHttp)))
            .WithMessage("Give an absolute address that begins with https://.")
            .Must(e => new Uri(e) is { UserInfo: "", Fragment: "" })
            .WithMessage("Give an address without a user name, a password or a fragment.");
        RuleFor(r => r.BatchSize).InclusiveBetween(1, LargestBatch);
        RuleForEach(r => r.Statuses).Must(s => FinalStatuses.Contains(s, StringComparer.Ordinal))
            .WithMessage($"Give one of {string.Join(", ", FinalStatuses)}.");
    }
}
