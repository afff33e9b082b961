using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Notifications.Api.Access;

namespace Notifications.Api.Documentation;

/// <summary>Who is let in to an operation, what that answers to others, and examples of its body.</summary>
internal sealed class OperationDescription : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Scopes = new(StringComparer.Ordinal)
    {
        [AccessRegistration.MayCreate] = AccessRegistration.CreateScope,
        [AccessRegistration.MayCompose] = AccessRegistration.ComposeScope,
        [AccessRegistration.MaySupport] = AccessRegistration.SupportScope,
        [AccessRegistration.MayReadOwn] = AccessRegistration.EndUserScope,
        [AccessRegistration.MayKeepSenders] = AccessRegistration.SendersScope,
        [AccessRegistration.MayOperate] = AccessRegistration.OperateScope,
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } policy && Scopes.TryGetValue(policy, out var scope))
            Guard(operation, context.Document!, policy, scope);

        foreach (var content in operation.Responses?.Values.Select(r => r.Content).OfType<IDictionary<string, OpenApiMediaType>>() ?? [])
            SayPlainJson(content);
        foreach (var content in operation.RequestBody?.Content?.Values.Take(1) ?? [])
        {
            foreach (var example in metadata.OfType<RequestExample>())
            {
                content.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
                content.Examples[example.Name] = new OpenApiExample { Value = example.Body };
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>Problems have the content type of everything else, as clients are used to.</summary>
    private static void SayPlainJson(IDictionary<string, OpenApiMediaType> content)
    {
        if (content.Remove("application/problem+json", out var problem))
            content["application/json"] = problem;
    }

    private static void Guard(OpenApiOperation operation, OpenApiDocument document, string policy, string scope)
    {
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentDescription.Bearer, document)] = [scope] },
            .. policy == AccessRegistration.MayCreate
                ? new[] { new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentDescription.Platform, document)] = [] } }
                : [],
        ];
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "There is no credential, or none that is valid." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = $"The credential lacks the scope {scope} or names no service owner, or two credentials name different ones." });
    }
}
