using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>Where the gateway is and who we are there.</summary>
public sealed record PswinAccount(Uri Endpoint, string User, string Password);

/// <summary>
/// Sends through LINK Mobility's PSWin XML gateway. The protocol has no key that would make a repeated call harmless: when it is not known
/// whether the gateway took the message, the message is never sent again, and waits for its report or its expiry.
/// </summary>
public sealed class PswinGateway(HttpClient http, PswinAccount account, SmsSettings settings, TimeProvider clock)
{
    public async Task<Verdict> Send(ClaimedNotification sms, CancellationToken cancellationToken)
    {
        var text = SmsLength.Sent(Placeholders.Fill(sms.Body, sms, EmailContentType.Plain));
        if (SmsLength.Of(text) is { Fits: false } length)
            return Verdict.Refused(NotificationState.Failed, $"not sent: the text takes {length.Parts} parts once its placeholders are filled");

        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Request(sms, text)));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
            using var response = await http.PostAsync(account.Endpoint, content, cancellationToken);

            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Judge(await response.Content.ReadAsStringAsync(cancellationToken)),
                // Something in between gave up, and may have handed the message on before it did.
                HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Unknown(status),
                // The gateway accepts with 200 and nothing else, so it did not come as far as taking the message.
                _ => Verdict.Again(AttemptOutcome.Deferred, status),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return Verdict.Again(AttemptOutcome.Deferred, $"not reached: {e.HttpRequestError}");
        }
        catch (HttpRequestException e)
        {
            return Unknown($"no answer: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown("no answer in time");
        }
    }

    private string Request(ClaimedNotification sms, string text)
    {
        // A form feed is in the alphabet, but not in XML.
        var unicode = !Gsm7.CanEncode(text) || text.Contains('\f', StringComparison.Ordinal);
        return new XDeclaration("1.0", "utf-8", null) + new XElement("SESSION",
            new XElement("CLIENT", account.User),
            new XElement("PW", account.Password),
            new XElement("MSGLST", new XElement("MSG",
                new XElement("ID", 1),
                new XElement("TEXT", unicode ? Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes(text)) : text),
                unicode ? new XElement("OP", 9) : null,
                new XElement("SND", sms.Sender ?? settings.DefaultSender),
                new XElement("RCV", Receiver(sms.Address)),
                new XElement("TTL", MinutesLeft(sms.ExpiresAt)),
                new XElement("RCPREQ", "Y")))).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Rounded up: the gateway reads 0 as no limit.</summary>
    private int MinutesLeft(DateTimeOffset expiresAt) => Math.Max(1, (int)Math.Ceiling((expiresAt - clock.GetUtcNow()).TotalMinutes));

    private static string Receiver(string mobile)
    {
        var digits = string.Concat(mobile.Where(char.IsAsciiDigit));
        return mobile.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    private static Verdict Judge(string body)
    {
        try
        {
            var session = GatewayXml.Load(body);
            if (session.Element("LOGON")?.Value is { } logon && logon != "OK")
                return Verdict.Again(AttemptOutcome.Deferred, $"LOGON {logon}");

            var message = session.Element("MSGLST")?.Element("MSG");
            var reference = message?.Element("REF")?.Value;
            return message?.Element("STATUS")?.Value switch
            {
                "OK" => new Verdict(AttemptOutcome.Accepted, NotificationState.Accepted, "OK", string.IsNullOrWhiteSpace(reference) ? null : reference),
                "FAIL" => Refused(message.Element("INFO")?.Value ?? ""),
                _ => Unknown("an answer without a status"),
            };
        }
        catch (XmlException)
        {
            return Unknown("an answer that is not XML");
        }
    }

    /// <summary>The gateway's text may repeat the number, so only its kind is kept.</summary>
    private static Verdict Refused(string info) => info.StartsWith("Invalid RCV", StringComparison.OrdinalIgnoreCase)
        ? Verdict.Refused(NotificationState.Failed_InvalidRecipient, "FAIL Invalid RCV")
        : Verdict.Refused(NotificationState.Failed, "FAIL");

    private static Verdict Unknown(string answer) => new(AttemptOutcome.Unknown, NotificationState.Sending, answer);
}
