using FluentValidation;
using Notifications.Api.Orders;
using Notifications.Consumers.Conditions;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>The rules of every order of the first version.</summary>
public abstract class V1OrderValidator<T> : AbstractValidator<T>
    where T : V1OrderRequest
{
    public const int MostRecipients = 100_000;

    /// <summary>How far in the past a send time may lie and still mean now.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    protected V1OrderValidator(TimeProvider clock, ConditionSettings conditions)
    {
        RuleFor(o => o.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(o => o.RequestedSendTime).SendTime(clock, Tolerance);
        RuleFor(o => o.ConditionEndpoint).ConditionEndpoint();
        RuleFor(o => o.ConditionEndpoint).Must(address => address is not { IsAbsoluteUri: true } || HasDomain(address)).When(_ => conditions.PublicOnly)
            .WithMessage("Give an address with a domain name.");
        RuleFor(o => o.ResourceId).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(o => o.ResourceAction).MaximumLength(OrderRequestValidator.LongestId)
            .Must((o, action) => string.IsNullOrEmpty(action) || (!string.IsNullOrEmpty(o.ResourceId) && !string.IsNullOrWhiteSpace(action)))
            .WithMessage("resourceAction is an action on the resource that resourceId names.");
        RuleFor(o => o.Recipients).NotEmpty().WithMessage("Give at least one recipient.");
        RuleFor(o => o.Recipients).Must(r => r is null || r.Count <= MostRecipients)
            .WithMessage(o => $"The order has {o.Recipients.Count} recipients; one order takes {MostRecipients}.");
        RuleForEach(o => o.Recipients).NotNull().SetValidator(o => V1RecipientValidator.For(o.Schema!.Value))
            .When(o => o.Schema is not null && o.Recipients is { Count: <= MostRecipients });
    }

    private static bool HasDomain(Uri address) =>
        address.HostNameType == UriHostNameType.Dns && address.Host.Split('.') is [_, .., { Length: >= 2 } top] && top.All(char.IsAsciiLetter);
}

public sealed class EmailOrderValidator : V1OrderValidator<EmailOrderRequest>
{
    public EmailOrderValidator(TimeProvider clock, ConditionSettings conditions)
        : base(clock, conditions)
    {
        RuleFor(o => o.Subject).Subject();
        RuleFor(o => o.Body).NotEmpty();
        RuleFor(o => o.ContentType).IsInEnum();
    }
}

public sealed class SmsOrderValidator : V1OrderValidator<SmsOrderRequest>
{
    public SmsOrderValidator(TimeProvider clock, ConditionSettings conditions)
        : base(clock, conditions)
    {
        RuleFor(o => o.Body).SmsText();
        RuleFor(o => o.SenderNumber).SmsSender();
    }
}

public sealed class AnyOrderValidator : V1OrderValidator<AnyOrderRequest>
{
    public AnyOrderValidator(TimeProvider clock, ConditionSettings conditions)
        : base(clock, conditions)
    {
        RuleFor(o => o.NotificationChannel).Cascade(CascadeMode.Stop).NotNull().IsInEnum();
        RuleFor(o => o.EmailTemplate).NotNull().When(o => o.Schema is not null and not ChannelSchema.Sms)
            .WithMessage(o => $"emailTemplate is required for the channel {o.Schema}.");
        RuleFor(o => o.SmsTemplate).NotNull().When(o => o.Schema is not null and not ChannelSchema.Email)
            .WithMessage(o => $"smsTemplate is required for the channel {o.Schema}.");
        RuleFor(o => o.EmailTemplate!).SetValidator(new EmailTemplateValidator()).When(o => o.EmailTemplate is not null);
        RuleFor(o => o.SmsTemplate!).SetValidator(new SmsTemplateValidator()).When(o => o.SmsTemplate is not null);
    }
}

internal sealed class EmailTemplateValidator : AbstractValidator<EmailTemplate>
{
    public EmailTemplateValidator()
    {
        RuleFor(e => e.FromAddress).EmailSender();
        RuleFor(e => e.Subject).Subject();
        RuleFor(e => e.Body).NotEmpty();
        RuleFor(e => e.ContentType).IsInEnum();
    }
}

internal sealed class SmsTemplateValidator : AbstractValidator<SmsTemplate>
{
    public SmsTemplateValidator()
    {
        RuleFor(s => s.Body).SmsText();
        RuleFor(s => s.SenderNumber).SmsSender();
    }
}
