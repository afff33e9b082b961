using FluentValidation;
using Notifications.Api.Access;
using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Api.Instant;

internal static class InstantEndpoint
{
    private const string BodyName = "request";

    public static RouteHandlerBuilder MapInstant<TRequest, TValidator>(this IEndpointRouteBuilder routes, string path)
        where TRequest : InstantRequest
        where TValidator : class, IValidator<TRequest> => routes
        .MapPost(path, async (HttpContext http, InstantIntake instant, TValidator validator) =>
        {
            var body = await RequestBody.Read<TRequest>(http.Request, BodyName);
            return body.Value is { } request
                ? await instant.Take(request, validator, body.Warnings, Creator.Of(http.User)!, http.RequestAborted)
                : body.Problem!;
        })
        .WithTags("Instant")
        .Accepts<TRequest>("application/json")
        .Produces<OrderResponse>(StatusCodes.Status201Created)
        .Produces<OrderResponse>(StatusCodes.Status200OK)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
