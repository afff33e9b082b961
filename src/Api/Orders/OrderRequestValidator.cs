using FluentValidation;
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
        RuleFor(o => o.ConditionOnError).IsInEnum();
        RuleFor(o => o.Recipient).NotNull().SetValidator(new RecipientRequestValidator(settings));
        RuleFor(o => o.ReminderPolicy).IsInEnum();
        RuleFor(o => o.SendingWindow!).SetValidator(new SendingWindowRequestValidator()).When(o => o.SendingWindow is not null);
        RuleForEach(o => o.Reminders).NotNull().SetValidator(new ReminderRequestValidator(clock, settings));
    }
}

public sealed class ReminderRequestValidator : AbstractValidator<ReminderRequest>
{
    public ReminderRequestValidator(TimeProvider clock, RecipientSettings settings)
    {
        RuleFor(r => r.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(r => r.ConditionEndpoint).ConditionEndpoint();
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
