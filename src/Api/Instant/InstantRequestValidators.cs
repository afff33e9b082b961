using FluentValidation;
using Notifications.Api.Orders;

namespace Notifications.Api.Instant;

public abstract class InstantRequestValidator<T> : AbstractValidator<T>
    where T : InstantRequest
{
    protected InstantRequestValidator()
    {
        RuleFor(r => r.IdempotencyId).NotEmpty().MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(r => r.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
    }
}

public sealed class InstantSmsRequestValidator : InstantRequestValidator<InstantSmsRequest>
{
    public InstantSmsRequestValidator() => RuleFor(r => r.RecipientSms).NotNull().SetValidator(new ShortMessageDeliveryValidator());
}

public sealed class InstantOrderRequestValidator : InstantRequestValidator<InstantOrderRequest>
{
    public InstantOrderRequestValidator() => RuleFor(r => r.InstantNotificationRecipient).NotNull().SetValidator(new InstantRecipientValidator());
}

public sealed class InstantRecipientValidator : AbstractValidator<InstantRecipient>
{
    public InstantRecipientValidator() => RuleFor(r => r.ShortMessageDeliveryDetails).NotNull().SetValidator(new ShortMessageDeliveryValidator());
}

public sealed class ShortMessageDeliveryValidator : AbstractValidator<ShortMessageDelivery>
{
    public const int ShortestTimeToLive = 60;
    public const int LongestTimeToLive = 172_800;

    public ShortMessageDeliveryValidator()
    {
        RuleFor(s => s.PhoneNumber).Must(Addresses.IsMobile).WithMessage("Give a mobile number with its country code, such as +4799999999.");
        RuleFor(s => s.TimeToLiveInSeconds).InclusiveBetween(ShortestTimeToLive, LongestTimeToLive);
        RuleFor(s => s.ShortMessageContent).NotNull().SetValidator(new ShortMessageContentValidator());
    }
}

public sealed class ShortMessageContentValidator : AbstractValidator<ShortMessageContent>
{
    public ShortMessageContentValidator()
    {
        RuleFor(s => s.Body).SmsText();
        RuleFor(s => s.Sender).SmsSender();
    }
}

public sealed class InstantEmailRequestValidator : InstantRequestValidator<InstantEmailRequest>
{
    public InstantEmailRequestValidator() => RuleFor(r => r.InstantEmailDetails).NotNull().SetValidator(new InstantEmailDetailsValidator());
}

public sealed class InstantEmailDetailsValidator : AbstractValidator<InstantEmailDetails>
{
    public InstantEmailDetailsValidator()
    {
        RuleFor(e => e.EmailAddress).Must(Addresses.IsEmail).WithMessage("Give a valid e-mail address.");
        RuleFor(e => e.EmailSettings).NotNull().SetValidator(new InstantEmailContentValidator());
    }
}

public sealed class InstantEmailContentValidator : AbstractValidator<InstantEmailContent>
{
    public InstantEmailContentValidator()
    {
        RuleFor(e => e.Subject).Subject();
        RuleFor(e => e.Body).NotEmpty();
        RuleFor(e => e.ContentType).IsInEnum();
        RuleFor(e => e.SenderEmailAddress).EmailSender();
    }
}
