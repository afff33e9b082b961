using System.Net;
using System.Text.RegularExpressions;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>
/// The placeholders that a text may hold. A name that is not known leaves nothing behind, and neither does the number of anybody but an
/// organization: a person's is never written out. Where no resource is named, its title is nothing but text.
/// </summary>
public static partial class Placeholders
{
    public static string Fill(string text, ClaimedNotification notification, EmailContentType contentType) =>
        Fill(text, notification.RecipientName, notification.RecipientNumber, notification.ResourceName, contentType);

    public static string Fill(string text, string? recipientName, string? recipientNumber, string? resourceName, EmailContentType contentType) =>
        Placeholder().Replace(text, placeholder =>
        {
            var value = placeholder.ValueSpan switch
            {
                "$recipientName$" => recipientName ?? "",
                "$recipientNumber$" => recipientNumber ?? "",
                _ => resourceName ?? placeholder.Value,
            };
            return contentType == EmailContentType.Html ? WebUtility.HtmlEncode(value) : value;
        });

    [GeneratedRegex(@"\$(?:recipientName|recipientNumber|resourceName)\$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
