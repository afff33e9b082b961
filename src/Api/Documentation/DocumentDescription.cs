using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Notifications.Api.Documentation;

/// <summary>What the OpenAPI document says about the whole: what it is, who is let in, and what the tags mean.</summary>
internal sealed class DocumentDescription : IOpenApiDocumentTransformer
{
    public const string Bearer = "Bearer";
    public const string Platform = "PlatformAccessToken";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Order"] = "Order notifications with reminders, look at them, change their time, cancel them.",
        ["Instant"] = "One message to one address, sent while the caller waits: codes and the like.",
        ["Status"] = "Follow shipments: one by one, with their history and its story, or all of them by a feed.",
        ["Webhooks"] = "Be told of final states as CloudEvents, signed as Standard Webhooks has it, at least once and in the order of the feed.",
        ["Rules"] = "Order whenever an instance of an Altinn app comes to a step of its process.",
        ["Templates"] = "Texts that orders name, in the languages that their readers read, each in as many versions as there were.",
        ["Senders"] = "Under which names a service owner may send.",
        ["TestRecipients"] = "Where messages go in a test environment that sends to listed addresses only.",
        ["EndUser"] = "Where people who have logged in were told.",
        ["Support"] = "Look up what was sent to somebody, whoever sent it.",
        ["Operations"] = "What goes on between us and the providers.",
        ["V1"] = "The first version: one text to many recipients.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Notifications",
            Version = "v1",
            Description =
                """
                Orders of notifications by e-mail and SMS to people, organisations and addresses, with send conditions, sending windows and reminders.
                Every call is made as a service owner, whom the credential names: a token from Maskinporten exchanged by Altinn, or an app's platform access token.
                An order is accepted once for each idempotencyId; the same request may be sent again at any time and gets the same answer.
                Dates are ISO 8601 with a zone. Enumerations are read by name in any case, or by number.
                """,
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT",
                Description = "A Maskinporten token that Altinn exchanged, with the scope that the operation names.",
            },
            [Platform] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = Platform,
                Description = "The token that an Altinn app or a component of the platform signs for itself.",
            },
        };
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = Tags.GetValueOrDefault(tag.Name ?? "");
        return Task.CompletedTask;
    }
}
