using Notifications.Api.Documentation;

namespace Notifications.Api.V1;

/// <summary><c>POST /orders/sms</c>.</summary>
public static class PostSmsOrder
{
    public static void MapPostSmsOrder(this IEndpointRouteBuilder routes) => routes
        .MapPost("/orders/sms", (HttpContext http, AcceptV1Order accept, SmsOrderValidator validator) =>
            accept.Handle(http, validator, "smsNotificationOrderRequest"))
        .WithName("PostSmsOrder").WithTags("V1").WithSummary("Order an SMS to many recipients")
        .Accepts<SmsOrderRequest>("application/json")
        .Produces<V1OrderResponse>(StatusCodes.Status202Accepted)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("An SMS to a person",
            """
            {
              "sendersReference": "case-1006",
              "senderNumber": "Altinn",
              "body": "You have a decision to read.",
              "recipients": [ { "nationalIdentityNumber": "16069412345" } ]
            }
            """);
}
