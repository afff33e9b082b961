using Notifications.Api.Documentation;

namespace Notifications.Api.Instant;

/// <summary><c>POST /future/orders/instant/email</c>: sends an e-mail in the call.</summary>
public static class PostInstantEmail
{
    private const string Example =
        """
        {
          "idempotencyId": "address-check-7f3a",
          "recipientEmail": {
            "emailAddress": "ola@example.no",
            "emailSettings": { "subject": "Your code", "body": "<p>Your code is 1234.</p>", "contentType": "Html" } }
        }
        """;

    public static void MapPostInstantEmail(this IEndpointRouteBuilder routes) => routes
        .MapInstant<InstantEmailRequest, InstantEmailRequestValidator>("/future/orders/instant/email")
        .WithName("PostInstantEmail").WithSummary("Send an e-mail at once")
        .WithExample("A code", Example);
}
