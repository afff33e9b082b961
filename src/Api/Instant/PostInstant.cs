using Notifications.Api.Documentation;

namespace Notifications.Api.Instant;

/// <summary><c>POST /future/orders/instant</c>: <see cref="PostInstantSms"/> as earlier clients call it.</summary>
public static class PostInstant
{
    private const string Example =
        """
        {
          "idempotencyId": "login-7f3b",
          "recipient": { "recipientSms": {
            "phoneNumber": "+4799999999",
            "timeToLiveInSeconds": 900,
            "smsSettings": { "sender": "Altinn", "body": "Your code is 1234." } } }
        }
        """;

    public static void MapPostInstant(this IEndpointRouteBuilder routes) => routes
        .MapInstant<InstantOrderRequest, InstantOrderRequestValidator>("/future/orders/instant")
        .WithName("PostInstant").WithSummary("Send an SMS at once; the earlier form of it")
        .WithExample("A code", Example);
}
