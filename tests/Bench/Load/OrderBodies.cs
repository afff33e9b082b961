using System.Text;

namespace Notifications.Tests.Bench.Load;

/// <summary>Order requests, each with an idempotency id and, where it matters, a recipient of its own.</summary>
internal static class OrderBodies
{
    public const string Person = "16069412345";

    private const string Email = """ "emailSettings":{"subject":"Du har fått et brev","body":"Logg inn på Altinn for å lese det. Har du spørsmål, svarer vi på telefon 75 00 60 00 hver dag mellom klokken ni og fem. Hilsen oss i Testdepartementet."} """;

    public static byte[] ToAddress(string address, DateTimeOffset? sendTime = null) =>
        Order($$$"""{"recipientEmail":{"emailAddress":"{{{address}}}",{{{Email}}}}}""", sendTime);

    public static byte[] ToAnyAddress() => ToAddress($"{Guid.NewGuid():N}@example.com");

    /// <summary>An order of the first version.</summary>
    public static byte[] ToMany(int recipients) => Encoding.UTF8.GetBytes(
        $$"""{"sendersReference":"bench","subject":"Du har fått et brev","body":"Logg inn på Altinn for å lese det.","recipients":[{{string.Join(',', Enumerable.Range(0, recipients).Select(_ => $$"""{"emailAddress":"{{Guid.NewGuid():N}}@example.com"}"""))}}]}""");

    public static byte[] ToPerson() =>
        Order($$$"""{"recipientPerson":{"nationalIdentityNumber":"{{{Person}}}","channelSchema":"Email",{{{Email}}}}}""", null);

    private static byte[] Order(string recipient, DateTimeOffset? sendTime)
    {
        var time = sendTime is { } at ? $""" "requestedSendTime":"{at.UtcDateTime:O}", """ : "";
        return Encoding.UTF8.GetBytes($$$"""{"idempotencyId":"{{{Guid.NewGuid()}}}",{{{time}}}"sendersReference":"bench","recipient":{{{recipient}}}}""");
    }
}
