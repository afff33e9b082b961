using FluentValidation;
using Notifications.Api.Apps;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Orders;

public sealed class OrderRequestValidator : AbstractValidator<OrderRequest>
{
    public const int LongestId = 512;
    public const int LongestDelayDays = 3650;
    public const int LongestWaitYears = 100;

    public OrderRequestValidator(TimeProvider clock, RecipientSettings settings)
    {
        RuleFor(o => o.IdempotencyId).NotEmpty().MaximumLength(LongestId);
        RuleFor(o => o.SendersReference).MaximumLength(LongestId);
        RuleFor(o => o.RequestedSendTime).SendTime(clock);
        RuleFor(o => o.ConditionEndpoint).ConditionEndpoint();
        RuleFor(o => o.InstanceCondition!).SetValidator(new InstanceConditionRequestValidator()).When(o => o.InstanceCondition is not null);
        RuleFor(o => o.ConditionOnError).IsInEnum();
        RuleFor(o => o.DialogportenAssociation!).SetValidator(new DialogportenAssociationValidator()).When(o => o.DialogportenAssociation is not null);
        RuleFor(o => o.Recipient).NotNull().SetValidator(new RecipientRequestValidator(settings));
        RuleFor(o => o.ReminderPolicy).IsInEnum();
        RuleFor(o => o.StopOn).Must(stops => stops is null || stops.Count <= RuleRequestValidator.MostStops).WithMessage($"Give at most {RuleRequestValidator.MostStops} events.");
        RuleFor(o => o.StopOn).Must((o, _) => o.InstanceConditions().Select(c => c.Condition.InstanceId).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1).When(o => o.StopOn?.Count > 0)
            .WithMessage("Give an instanceCondition, so that it is clear which instance's events are meant.");
        RuleForEach(o => o.StopOn).AppEvent();
        RuleFor(o => o.SendingWindow!).SetValidator(new SendingWindowRequestValidator()).When(o => o.SendingWindow is not null);
        RuleFor(o => o.Fallback).IsInEnum();
        RuleFor(o => o.FallbackAfter)
            .FallbackAfter(o => o.Fallback, o => Recipients(o).Any(r => r.Identified is { ChannelSchema: ChannelSchema.EmailPreferred or ChannelSchema.SmsPreferred }));
        RuleFor(o => o.ReminderPlan!).SetValidator(new ReminderPlanRequestValidator(clock, settings)).When(o => o.ReminderPlan is not null);
        RuleFor(o => o.ReminderPlan!.Until).Must((o, until) => o.Planned(clock.GetUtcNow()).Reminders!.Count > (o.Reminders?.Count ?? 0))
            .When(o => o is { Recipient: not null, ReminderPlan: { Until.Kind: not DateTimeKind.Unspecified, Preset: null } plan } && ReminderPlanRequestValidator.IsWholeDays(plan.Every))
            .WithMessage("The plan ends before its first reminder.");
        RuleFor(o => o.ReminderPlan!.Preset).Must((o, _) => (o.ReminderPlan!.Recipient ?? o.Recipient)?.RecipientPerson is not { UseStaleContactInformation: true })
            .When(o => o.ReminderPlan?.Preset == ReminderPreset.SecondNoticeOfDecision)
            .WithMessage("A second notice may not use contact information that is out of date: leave out useStaleContactInformation.");
        RuleForEach(o => o.Reminders).NotNull().SetValidator(new ReminderRequestValidator(clock, settings));
    }

    private static IEnumerable<RecipientRequest> Recipients(OrderRequest order) =>
        (order.Reminders ?? []).Select(r => r?.Recipient).Append(order.ReminderPlan?.Recipient).Prepend(order.Recipient).OfType<RecipientRequest>();
}

public sealed class DialogportenAssociationValidator : AbstractValidator<DialogportenAssociation>
{
    public DialogportenAssociationValidator()
    {
        RuleFor(d => d.DialogId).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(d => d.TransmissionId).MaximumLength(OrderRequestValidator.LongestId);
    }
}

public sealed class ReminderRequestValidator : AbstractValidator<ReminderRequest>
{
    public ReminderRequestValidator(TimeProvider clock, RecipientSettings settings)
    {
        RuleFor(r => r.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(r => r.ConditionEndpoint).ConditionEndpoint();
        RuleFor(r => r.InstanceCondition!).SetValidator(new InstanceConditionRequestValidator()).When(r => r.InstanceCondition is not null);
        RuleFor(r => r.ConditionOnError).IsInEnum();
        RuleFor(r => r).Must(r => r.DelayDays.HasValue != r.RequestedSendTime.HasValue).OverridePropertyName("")
            .WithMessage("Give exactly one of delayDays and requestedSendTime.");
        RuleFor(r => r.DelayDays).InclusiveBetween(1, OrderRequestValidator.LongestDelayDays);
        RuleFor(r => r.RequestedSendTime).SendTime(clock);
        RuleFor(r => r.Recipient).NotNull().SetValidator(new RecipientRequestValidator(settings));
    }
}

internal static class ConditionRule
{
    public const int LongestAddress = 2048;

    public static void ConditionEndpoint<T>(this IRuleBuilder<T, Uri?> rule) => rule
        .Must(address => address is null || (address.IsAbsoluteUri && address.IsWellFormedOriginalString() && address.Scheme is "http" or "https"))
        .WithMessage("Give an absolute address that begins with https://.")
        .Must(address => address is null || address.OriginalString.Length <= LongestAddress).WithMessage($"The address is longer than {LongestAddress} characters.");
}

internal static class FallbackRule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public static void FallbackAfter<T>(this IRuleBuilderInitial<T, string?> rule, Func<T, Fallback?> fallback, Func<T, bool> prefers) => rule.Cascade(CascadeMode.Stop)
        .Must(after => after is null || (IsoDuration.Parse(after) is { } time && time >= Shortest && time <= Longest))
        .WithMessage("Give a duration from a minute to two days, such as PT4H.")
        .Must((o, after) => after is null || fallback(o) != Fallback.OnMissingAddress).WithMessage("fallback OnMissingAddress waits for no report.")
        .Must((o, after) => after is null || prefers(o)).WithMessage("Only EmailPreferred and SmsPreferred have another channel to fall back on.");
}

internal static class SendTimeRule
{
    /// <param name="tolerance">How far in the past the time may lie and still mean now; a minute unless it is given.</param>
    public static void SendTime<T>(this IRuleBuilder<T, DateTime?> rule, TimeProvider clock, TimeSpan? tolerance = null) => rule
        .Must(time => time is not { Kind: DateTimeKind.Unspecified }).WithMessage("Give the time a time zone, such as Z or +01:00.")
        .Must(time => time is not { } given || given.Kind == DateTimeKind.Unspecified || !IsInThePast(given, clock, tolerance ?? Tolerance))
        .WithMessage("The time has passed.")
        .Must(time => time is not { } given || given < clock.GetUtcNow().UtcDateTime.AddYears(OrderRequestValidator.LongestWaitYears))
        .WithMessage($"The time lies more than {OrderRequestValidator.LongestWaitYears} years ahead.");

    /// <summary>Clocks differ, and requests travel.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private static bool IsInThePast(DateTime time, TimeProvider clock, TimeSpan tolerance) => time.ToUniversalTime() < clock.GetUtcNow().UtcDateTime - tolerance;
}
