using FluentValidation;
using Notifications.Api.Orders;

namespace Notifications.Api.Composed;

public sealed class ComposedOrderValidator : AbstractValidator<ComposedOrderRequest>
{
    public const int MostAttachments = 100;

    /// <summary>How long after the send time a file must be there to be fetched.</summary>
    public static readonly TimeSpan TimeToFetch = TimeSpan.FromMinutes(15);

    public ComposedOrderValidator(TimeProvider clock)
    {
        RuleFor(o => o.IdempotencyId).NotEmpty().MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(o => o.SendersReference).MaximumLength(OrderRequestValidator.LongestId);
        RuleFor(o => o.RequestedSendTime).SendTime(clock);
        RuleFor(o => o.ConditionEndpoint).ConditionEndpoint();
        RuleFor(o => o.ConditionOnError).IsInEnum();
        RuleFor(o => o.DialogportenAssociation!).SetValidator(new DialogportenAssociationValidator()).When(o => o.DialogportenAssociation is not null);
        RuleFor(o => o.Recipient).NotNull().SetValidator(new ComposedRecipientValidator());
        RuleFor(o => o.SendingWindow!).SetValidator(new SendingWindowRequestValidator()).When(o => o.SendingWindow is not null);
        RuleForEach(o => o.Recipient.Settings.Attachments)
            .Must((order, file) => SasAddress.Expiry(file?.SasUrl) is not { } expiry || expiry - SendTime(order, clock) >= TimeToFetch)
            .When(order => order.Recipient?.Settings is not null)
            .WithMessage("The address of the file must be good for 15 minutes after the send time, or longer.");
    }

    private static DateTimeOffset SendTime(ComposedOrderRequest order, TimeProvider clock) =>
        ShipmentsOf.SendTime(order.RequestedSendTime) is { } requested && requested > clock.GetUtcNow() ? requested : clock.GetUtcNow();
}

public sealed class ComposedRecipientValidator : AbstractValidator<ComposedRecipient>
{
    public ComposedRecipientValidator()
    {
        RuleFor(r => r.EmailAddress).Must(Addresses.IsEmail).WithMessage("Give a valid e-mail address.");
        RuleFor(r => r.Settings).NotNull().SetValidator(new ComposedEmailSettingsValidator());
    }
}

public sealed class ComposedEmailSettingsValidator : AbstractValidator<ComposedEmailSettings>
{
    public ComposedEmailSettingsValidator()
    {
        Include(new EmailSettingsValidator());
        RuleFor(s => s.Template).Null().WithMessage("An e-mail with attachments is not made of a template.");
        RuleFor(s => s.Attachments).Must(files => files is not { Count: > ComposedOrderValidator.MostAttachments })
            .WithMessage($"An e-mail has at most {ComposedOrderValidator.MostAttachments} attachments.");
        RuleForEach(s => s.Attachments).NotNull().SetValidator(new AttachmentValidator());
    }
}

public sealed class AttachmentValidator : AbstractValidator<AttachmentRequest>
{
    private const int LongestName = 255;

    public AttachmentValidator()
    {
        RuleFor(a => a.Filename).Cascade(CascadeMode.Stop)
            .NotEmpty().MaximumLength(LongestName)
            .Must(name => name.IndexOfAny(['/', '\\']) < 0 && Path.GetExtension(name).Length > 1 && !name.Any(char.IsControl))
            .WithMessage("Give the name of a file with its extension, and without a folder.");
        RuleFor(a => a.MimeType).Cascade(CascadeMode.Stop)
            .NotEmpty()
            .Must(AttachmentTypes.Take).WithMessage("Give a type of files that e-mail providers take, such as application/pdf.");
        RuleFor(a => a.SasUrl!).Cascade(CascadeMode.Stop)
            .NotNull()
            .Must(SasAddress.IsHttps).WithMessage($"Give an absolute address that begins with https://, of at most {SasAddress.LongestAddress} characters.")
            .Must(SasAddress.IsInBlobStorage).WithMessage($"Give an address of Azure Blob Storage, whose host ends in {SasAddress.Domain}.")
            .Must(SasAddress.IsSigned).WithMessage("The address lacks its signature for one file: se, sp, sr=b and sig.")
            .Must(address => SasAddress.Expiry(address) is not null).WithMessage("The address does not say until when it is good: se is no date and time.")
            .Must(SasAddress.MayRead).WithMessage("The address does not let the file be read: sp has no r.");
    }
}
