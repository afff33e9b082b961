using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Limits;
using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Api.Composed;

/// <summary><c>POST /future/orders/composed-email</c>: an e-mail with files. It is answered as every order is.</summary>
public static class PostComposedEmail
{
    private const string BodyName = "orderRequest";

    private const string Example =
        """
        {
          "idempotencyId": "case-1006-decision",
          "recipient": {
            "emailAddress": "ola@example.no",
            "emailSettings": {
              "subject": "A decision", "body": "The decision is attached.",
              "attachments": [ {
                "filename": "decision.pdf",
                "mimeType": "application/pdf",
                "sasUrl": "https://casefiles.blob.core.windows.net/decisions/1006.pdf?se=2099-01-01T00:00:00Z&sp=r&sr=b&sig=c2lnbmVk" } ] } }
        }
        """;

    public static void AddComposed(this IServiceCollection services)
    {
        services.AddSingleton<ComposedOrderValidator>();
        services.AddSingleton<ComposedIntake>();
    }

    public static void MapPostComposedEmail(this IEndpointRouteBuilder routes, IServiceProvider services) => routes
        .MapPost("/future/orders/composed-email", Handle)
        .RequireAuthorization(AccessRegistration.MayCompose).WithRequestRate(services)
        .WithName("PostComposedEmail").WithTags("Order").WithSummary("Order an e-mail with attachments")
        .Accepts<ComposedOrderRequest>("application/json")
        .Produces<OrderResponse>(StatusCodes.Status201Created)
        .Produces<OrderResponse>(StatusCodes.Status200OK)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("An e-mail with a file", Example);

    private static async Task<IResult> Handle(HttpContext http, ComposedIntake orders)
    {
        var body = await RequestBody.Read<ComposedOrderRequest>(http.Request, BodyName);
        return body.Value is { } request ? await orders.Take(request, body.Warnings, Creator.Of(http.User)!, http.RequestAborted) : body.Problem!;
    }
}
