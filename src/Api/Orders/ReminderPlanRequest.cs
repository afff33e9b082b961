using FluentValidation;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>A reminder plan that has a name.</summary>
public enum ReminderPreset
{
    /// <summary>
    /// eForvaltningsforskriften § 8: a party who has not opened a decision within a week from the day on which it was made available and
    /// notified is notified once more. Its condition says whether the decision is still unopened; contact information that is out of date
    /// may not be used.
    /// </summary>
    SecondNoticeOfDecision,
}

/// <summary>Reminders at equal distances from the order's send time on. Each of them is a shipment of its own, which can be cancelled.</summary>
public sealed record ReminderPlanRequest
{
    /// <summary>Instead of <c>every</c>, <c>max</c> and <c>until</c>.</summary>
    public ReminderPreset? Preset { get; init; }

    /// <summary>The distance: an ISO 8601 duration of whole days, such as <c>P7D</c>.</summary>
    public string? Every { get; init; }

    /// <summary>How many at most; 52 when only <c>until</c> is given.</summary>
    public int? Max { get; init; }

    /// <summary>None after this time, with a time zone.</summary>
    public DateTime? Until { get; init; }
    public string? SendersReference { get; init; }

    /// <summary>Asked before each of them.</summary>
    public Uri? ConditionEndpoint { get; init; }

    /// <summary>Likewise.</summary>
    public InstanceConditionRequest? InstanceCondition { get; init; }
    public ConditionOnError? ConditionOnError { get; init; }

    /// <summary>Whom to remind, and how; as the order itself when it is left out.</summary>
    public RecipientRequest? Recipient { get; init; }

    internal const int Most = 52;

    internal int Days => Preset is not null ? 7 : (int)(IsoDuration.Parse(Every) ?? TimeSpan.Zero).TotalDays;

    internal int Count => Preset is not null ? 1 : Max ?? Most;

    /// <summary>As if each of them had been ordered.</summary>
    internal IEnumerable<ReminderRequest> Reminders(RecipientRequest ordered, DateTimeOffset sendTime) =>
        from days in Enumerable.Range(1, Count).Select(n => n * Days)
        where days <= OrderRequestValidator.LongestDelayDays && (Until is not { } until || sendTime.AddDays(days) <= ShipmentsOf.SendTime(until))
        select new ReminderRequest
        {
            SendersReference = SendersReference,
            ConditionEndpoint = ConditionEndpoint,
            InstanceCondition = InstanceCondition,
            ConditionOnError = ConditionOnError,
            DelayDays = days,
            Recipient = Recipient ?? ordered,
        };
}

public sealed class ReminderPlanRequestValidator : AbstractValidator<ReminderPlanRequest>
{
    public ReminderPlanRequestValidator(TimeProvider clock, RecipientSettings settings)
    {
        RuleFor(p => p.Preset).IsInEnum();
        RuleFor(p => p.Preset).Must((p, _) => p is { Every: null, Max: null, Until: null }).When(p => p.Preset is not null)
            .WithMessage("A preset has its own times: leave out every, max and until.");
        RuleFor(p => p.ConditionEndpoint).NotNull().When(p => p is { Preset: ReminderPreset.SecondNoticeOfDecision, InstanceCondition: null })
            .WithMessage("Give the address that says whether the decision is still unopened, or an instanceCondition that does.");
        RuleFor(p => p.Every).Must(IsWholeDays).When(p => p.Preset is null)
            .WithMessage($"Give a duration of whole days, such as P7D; at most {OrderRequestValidator.LongestDelayDays} days.");
        RuleFor(p => p.Max).InclusiveBetween(1, ReminderPlanRequest.Most);
        RuleFor(p => p.Max).NotNull().When(p => p is { Preset: null, Until: null }).WithMessage("Give max, until, or both.");
        RuleFor(p => p.Until).SendTime(clock);
        RuleFor(p => p.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(p => p.ConditionEndpoint).ConditionEndpoint();
        RuleFor(p => p.InstanceCondition!).SetValidator(new InstanceConditionRequestValidator()).When(p => p.InstanceCondition is not null);
        RuleFor(p => p.ConditionOnError).IsInEnum();
        RuleFor(p => p.Recipient!).SetValidator(new RecipientRequestValidator(settings)).When(p => p.Recipient is not null);
    }

    internal static bool IsWholeDays(string? every) =>
        IsoDuration.Parse(every) is { } time && time.Ticks % TimeSpan.TicksPerDay == 0 && time.TotalDays is >= 1 and <= OrderRequestValidator.LongestDelayDays;
}
