namespace Notifications.Tests.Fast.Api.Instant;

/// <summary>Valid bodies of the instant endpoints.</summary>
internal static class InstantBodies
{
    public const string Sms =
        """
        {"idempotencyId":"id-1","sendersReference":"ref-1",
         "recipientSms":{"phoneNumber":"+4799999999","timeToLiveInSeconds":900,"smsSettings":{"sender":"Altinn","body":"Tekst"}}}
        """;

    public const string EarlierSms =
        """
        {"idempotencyId":"id-1","sendersReference":"ref-1",
         "recipient":{"recipientSms":{"phoneNumber":"+4799999999","timeToLiveInSeconds":900,"smsSettings":{"sender":"Altinn","body":"Tekst"}}}}
        """;

    public const string Email =
        """
        {"idempotencyId":"id-1","sendersReference":"ref-1",
         "recipientEmail":{"emailAddress":"ola@example.no","emailSettings":{"subject":"Hei","body":"Tekst","senderEmailAddress":"post@etat.no","contentType":"Html"}}}
        """;
}
