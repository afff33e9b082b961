using Notifications.Api.Documentation;

namespace Notifications.Api.Instant;

/// <summary><c>POST /future/orders/instant/sms</c>: sends an SMS in the call.</summary>
public static class PostInstantSms
{
    private const string Example =
        """
        {
          "idempotencyId": "login-7f3a",
          "recipientSms": {
            "phoneNumber": "+4799999999",
            "timeToLiveInSeconds": 900,
            "smsSettings": { "body": "Your code is 1234." } }
        }
        """;

    public static void MapPostInstantSms(this IEndpointRouteBuilder routes) => routes
        .MapInstant<InstantSmsRequest, InstantSmsRequestValidator>("/future/orders/instant/sms")
        .WithName("PostInstantSms").WithSummary("Send an SMS at once")
        .WithExample("A code", Example);
}
