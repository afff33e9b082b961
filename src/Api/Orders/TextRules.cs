using System.Xml;
using FluentValidation;
using Notifications.Api.Senders;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>What a text must be to be sent as it was written.</summary>
internal static class TextRules
{
    /// <summary>Line breaks become spaces; nothing else that cannot be seen is let into the header of a mail.</summary>
    public static void Subject<T>(this IRuleBuilder<T, string?> rule) => rule
        .NotEmpty()
        .Must(subject => subject is null || !subject.Any(c => (char.IsControl(c) && c is not '\r' and not '\n') || c is '\u2028' or '\u2029'))
        .WithMessage("The subject holds a control character.");

    public static void EmailSender<T>(this IRuleBuilder<T, string?> rule)
    {
        rule.VerifiedSender(Channel.Email);
        rule.Must(sender => string.IsNullOrWhiteSpace(sender) || Addresses.IsEmail(sender)).WithMessage("Give a valid e-mail address.");
    }

    /// <summary>The gateway cuts longer texts without a word.</summary>
    public static void SmsText<T>(this IRuleBuilder<T, string?> rule) => rule
        .NotEmpty()
        .Must(text => text is null || SmsLength.Of(text).Fits)
        .WithMessage((_, text) =>
        {
            var length = SmsLength.Of(text!);
            return $"The text has {length.Characters} characters and takes {length.Parts} parts in {length.Alphabet}; "
                + $"the gateway takes {SmsLength.MostCharacters} characters and {SmsLength.MostParts} parts.";
        });

    public static void SmsSender<T>(this IRuleBuilder<T, string?> rule)
    {
        rule.VerifiedSender(Channel.Sms);
        rule.Must(sender => sender is null || sender.All(XmlConvert.IsXmlChar)).WithMessage("Give a sender of characters that can be read.");
        rule.Must(sender => string.IsNullOrWhiteSpace(sender) || !sender.All(XmlConvert.IsXmlChar) || Consumers.Sms.SmsSender.IsValid(sender))
            .WithMessage("Give a number of at most 15 digits, or a name of at most 11 letters from A to Z, digits and spaces.");
    }
}
