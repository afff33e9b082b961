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
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
