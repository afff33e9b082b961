using FluentValidation;
using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>
/// The rules of one recipient. An address of a channel that the order does not use is passed over. Control digits are not checked: one wrong
/// number does not stop an order to many, and the answer says who cannot be reached.
/// </summary>
internal sealed class V1RecipientValidator : AbstractValidator<V1RecipientRequest>
{
    private static readonly V1RecipientValidator Email = new(usesEmail: true, usesMobile: false);
    private static readonly V1RecipientValidator Sms = new(usesEmail: false, usesMobile: true);
    private static readonly V1RecipientValidator Both = new(usesEmail: true, usesMobile: true);

    private V1RecipientValidator(bool usesEmail, bool usesMobile)
    {
        RuleFor(r => r).Must(r => Any(r.NationalIdentityNumber, r.OrganizationNumber, usesEmail ? r.EmailAddress : null, usesMobile ? r.MobileNumber : null))
            .OverridePropertyName("").WithMessage($"Give {(usesEmail ? "emailAddress, " : "")}{(usesMobile ? "mobileNumber, " : "")}organizationNumber or nationalIdentityNumber.");
        RuleFor(r => r).Must(r => !Any(r.NationalIdentityNumber) || !Any(r.OrganizationNumber, r.EmailAddress, r.MobileNumber))
            .OverridePropertyName("").WithMessage("nationalIdentityNumber stands alone: its addresses are looked up.");
        RuleFor(r => r).Must(r => !Any(r.OrganizationNumber) || !Any(r.NationalIdentityNumber, r.EmailAddress, r.MobileNumber))
            .OverridePropertyName("").WithMessage("organizationNumber stands alone: its addresses are looked up.");
        RuleFor(r => r.NationalIdentityNumber).Must(n => string.IsNullOrEmpty(n) || IdentityNumber.HasItsShape(n)).WithMessage("Give a national identity number of 11 digits.");
        RuleFor(r => r.OrganizationNumber).Must(n => string.IsNullOrEmpty(n) || OrganizationNumber.HasItsShape(n)).WithMessage("Give an organization number of 9 digits.");
        if (usesEmail)
            RuleFor(r => r.EmailAddress).Must(a => string.IsNullOrEmpty(a) || Addresses.IsEmail(a)).WithMessage("Give a valid e-mail address.");
        if (usesMobile)
            RuleFor(r => r.MobileNumber).Must(m => string.IsNullOrEmpty(m) || Addresses.IsMobile(m)).WithMessage("Give a mobile number with its country code, such as +4799999999.");
    }

    public static V1RecipientValidator For(ChannelSchema schema) => schema switch
    {
        ChannelSchema.Email => Email,
        ChannelSchema.Sms => Sms,
        _ => Both,
    };

    private static bool Any(params ReadOnlySpan<string?> members)
    {
        foreach (var member in members)
        {
            if (!string.IsNullOrEmpty(member))
                return true;
        }
        return false;
    }
}
