using System.Net;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>The two placeholders that a text may hold. A name that is not known leaves nothing behind; a person's number is never written out.</summary>
public static class Placeholders
{
    public static string Fill(string text, string? recipientName, EmailContentType contentType)
    {
        var name = recipientName ?? "";
        return text
            .Replace("$recipientName$", contentType == EmailContentType.Html ? WebUtility.HtmlEncode(name) : name, StringComparison.Ordinal)
            .Replace("$recipientNumber$", "", StringComparison.Ordinal);
    }
}
