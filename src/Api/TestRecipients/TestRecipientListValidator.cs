using FluentValidation;
using Notifications.Api.Orders;

namespace Notifications.Api.TestRecipients;

public sealed class TestRecipientListValidator : AbstractValidator<TestRecipientList>
{
    private const int Most = 1000;

    public TestRecipientListValidator()
    {
        RuleFor(l => l.EmailAddresses).Must(l => l is not { Count: > Most }).WithMessage($"Give at most {Most}.");
        RuleFor(l => l.PhoneNumbers).Must(l => l is not { Count: > Most }).WithMessage($"Give at most {Most}.");
        RuleForEach(l => l.EmailAddresses).Must(e => Addresses.IsEmail(Whole(e))).WithMessage("Give an e-mail address, or @ and a domain.");
        RuleForEach(l => l.PhoneNumbers).Must(n => Addresses.IsMobile(n?.Trim())).WithMessage("Give a mobile number with its country code, such as +4799999999.");
    }

    /// <summary>A domain is one of somebody's.</summary>
    private static string? Whole(string? email) => email?.Trim() is { } given && given.StartsWith('@') ? $"any{given}" : email?.Trim();
}
