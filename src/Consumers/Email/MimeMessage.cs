using System.Globalization;
using System.Text;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>An e-mail as it is written on the wire (RFC 5322 and MIME). Every text is base64, so that no line needs care.</summary>
internal static class MimeMessage
{
    /// <summary>As many bytes as an encoded word holds.</summary>
    private const int LongestWord = 45;

    public static byte[] Of(ClaimedNotification email, string sender, DateTimeOffset now)
    {
        var text = Placeholders.Fill(email.Body, email, email.ContentType);
        var body = email.ContentType == EmailContentType.Html
            ? Multipart("alternative", email.Id, Text("plain", HtmlText.Of(text)), Text("html", text))
            : Text("plain", text);
        if (email.Attachments.Count > 0)
            body = Multipart("mixed", email.Id, [body, .. email.Attachments.Select(File)]);

        var message = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Date: {now.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"From: <{sender}>\r\nTo: <{email.Address}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {Words(Placeholders.Fill(email.Subject ?? "", email, EmailContentType.Plain))}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{email.Id}@{sender[(sender.LastIndexOf('@') + 1)..]}>\r\n")
            .Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n")
            .Append(body);
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    private static string Text(string kind, string text) => $"Content-Type: text/{kind}; charset=utf-8\r\n{Base64(Encoding.UTF8.GetBytes(text))}";

    private static string File(AttachmentFile file) =>
        $"Content-Type: {file.MimeType}\r\nContent-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(file.Filename)}\r\n{Base64(file.Content)}";

    private static string Base64(byte[] bytes) => $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\r\n";

    private static string Multipart(string kind, Guid id, params string[] parts)
    {
        var boundary = $"{kind}-{id:N}";
        return $"Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n{string.Concat(parts.Select(part => $"--{boundary}\r\n{part}"))}--{boundary}--\r\n";
    }

    /// <summary>A text as encoded words (RFC 2047), none of which divides a letter.</summary>
    internal static string Words(string text)
    {
        var words = new List<string>();
        var word = new List<byte>(LongestWord);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + letter.Length > LongestWord)
            {
                words.Add(Word(word));
                word.Clear();
            }
            word.AddRange(letter);
        }
        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
