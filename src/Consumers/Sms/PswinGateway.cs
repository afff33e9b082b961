using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>Where a gateway is and who we are there.</summary>
public sealed record SmsAccount(Uri Endpoint, string User, string Password);

/// <summary>LINK Mobility's PSWin XML gateway.</summary>
public sealed class PswinGateway(HttpClient http, SmsAccount account, SmsSettings settings, TimeProvider clock) : SmsGateway(clock)
{
    protected override async Task<HttpResponseMessage> Post(ClaimedNotification sms, string text, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Request(sms, text)));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        return await http.PostAsync(account.Endpoint, content, cancellationToken);
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
                new XElement("RCV", Digits(sms.Address)),
                new XElement("TTL", MinutesLeft(sms.ExpiresAt)),
                new XElement("RCPREQ", "Y")))).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Rounded up: the gateway reads 0 as no limit.</summary>
    private int MinutesLeft(DateTimeOffset expiresAt) => Math.Max(1, (int)Math.Ceiling((expiresAt - Clock.GetUtcNow()).TotalMinutes));

    protected override Verdict Judge(string body)
    {
        try
        {
            var session = GatewayXml.Load(body);
            if (session.Element("LOGON")?.Value is { } logon && logon != "OK")
                return Verdict.Paused(PauseCause.Misconfigured, $"LOGON {(logon == "FAIL" ? logon : "refused")}");

            var message = session.Element("MSGLST")?.Element("MSG");
            return message?.Element("STATUS")?.Value switch
            {
                "OK" => new Verdict(AttemptOutcome.Accepted, NotificationState.Accepted, "OK", Reference(message.Element("REF")?.Value)),
                "FAIL" => Refused(message.Element("INFO")?.Value ?? ""),
                _ => Unknown("an answer without a status"),
            };
        }
        catch (XmlException)
        {
            return Unknown("an answer that is not XML");
        }
    }

    /// <summary>A longer one than an index can hold would match no report.</summary>
    private static string? Reference(string? reference) => string.IsNullOrWhiteSpace(reference) || reference.Length > 200 ? null : reference;

    /// <summary>The gateway's text may repeat the number, so only its kind is kept.</summary>
    private static Verdict Refused(string info) => info.StartsWith("Invalid RCV", StringComparison.OrdinalIgnoreCase)
        ? Verdict.Refused(NotificationState.Failed_InvalidRecipient, "FAIL Invalid RCV")
        : Verdict.Refused(NotificationState.Failed, "FAIL");
}
