using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Notifications.Api.Apps;
using Notifications.Store;

namespace Notifications.Api.Documentation;

/// <summary>Schemas as the wire is: what has readers of its own, which no schema can be made of, and what is left out where there is nothing.</summary>
internal sealed class SchemaDescription : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(string) || type.IsEnum || type == typeof(Channel))
            schema.Type = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        if (type == typeof(RuleRecipient))
            schema.Type |= JsonSchemaType.String;
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && element == typeof(string))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };

        // Numbers may also be given as texts, which nobody need know.
        if (schema.Type is { } types && types.HasFlag(JsonSchemaType.Integer))
            (schema.Type, schema.Pattern) = (types & ~JsonSchemaType.String, null);

        foreach (var member in context.JsonTypeInfo.Properties.Where(p => !p.IsRequired && p.IsGetNullable))
            schema.Required?.Remove(member.Name);
        if (type == typeof(HttpValidationProblemDetails))
            DescribeProblem(schema);
        return Task.CompletedTask;
    }

    /// <summary>Types inside of others share their names with those of others.</summary>
    public static string? Name(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? type.Type.DeclaringType?.Name + name : null;

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong, by the names of the members as clients are used to them.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        schema.Properties["pointers"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The JSON pointer of each of those members.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
