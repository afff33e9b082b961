using Notifications.Api.Documentation;

namespace Notifications.Api.V1;

/// <summary><c>POST /orders</c>.</summary>
public static class PostAnyOrder
{
    public static void MapPostAnyOrder(this IEndpointRouteBuilder routes) => routes
        .MapPost("/orders", (HttpContext http, AcceptV1Order accept, AnyOrderValidator validator) =>
            accept.Handle(http, validator, "notificationOrderRequest"))
        .WithName("PostAnyOrder").WithTags("V1").WithSummary("Order a message to many recipients, over any channel")
        .Accepts<AnyOrderRequest>("application/json")
        .Produces<V1OrderResponse>(StatusCodes.Status202Accepted)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("Over the channel that a person prefers",
            """
            {
              "sendersReference": "case-1007",
              "notificationChannel": "EmailPreferred",
              "emailTemplate": { "subject": "A decision for $recipientName$", "body": "Log in to read it." },
              "smsTemplate": { "body": "You have a decision to read." },
              "recipients": [ { "nationalIdentityNumber": "16069412345" } ]
            }
            """);
}
