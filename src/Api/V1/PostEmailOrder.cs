using Notifications.Api.Documentation;

namespace Notifications.Api.V1;

/// <summary><c>POST /orders/email</c>.</summary>
public static class PostEmailOrder
{
    public static void MapPostEmailOrder(this IEndpointRouteBuilder routes) => routes
        .MapPost("/orders/email", (HttpContext http, AcceptV1Order accept, EmailOrderValidator validator) =>
            accept.Handle(http, validator, "emailNotificationOrderRequest"))
        .WithName("PostEmailOrder").WithTags("V1").WithSummary("Order an e-mail to many recipients")
        .Accepts<EmailOrderRequest>("application/json")
        .Produces<V1OrderResponse>(StatusCodes.Status202Accepted)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("An e-mail to two addresses",
            """
            {
              "sendersReference": "case-1005",
              "subject": "We have received your case",
              "body": "You need not do anything.",
              "contentType": "Plain",
              "recipients": [ { "emailAddress": "ola@example.no" }, { "emailAddress": "kari@example.no" } ]
            }
            """);
}
