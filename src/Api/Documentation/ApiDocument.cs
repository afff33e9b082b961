using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Notifications.Api.Documentation;

/// <summary>The OpenAPI document of this host: served at <c>/openapi/v1.json</c>, with a page at <c>/docs</c>, and written to a file by the command <c>openapi</c>.</summary>
public static class ApiDocument
{
    public const string Command = "openapi";

    private const string Name = "v1";

    /// <summary>Settings with which a host can be built that is never started.</summary>
    public static readonly IReadOnlyList<string> Settings =
        ["--Sandbox:Url=http://localhost:5095", "--ConnectionStrings:Notifications=Host=localhost", "--ConnectionStrings:Broker=amqp://localhost"];

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer<DocumentDescription>();
        options.AddOperationTransformer<OperationDescription>();
        options.AddSchemaTransformer<SchemaDescription>();
        options.CreateSchemaReferenceId = SchemaDescription.Name;
    });

    public static void UseApiDocument(this WebApplication app)
    {
        app.MapOpenApi();
        // Only where the page is: nothing else is slowed down by it.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal), page => page.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Notifications";
            options.SwaggerEndpoint($"/openapi/{Name}.json", "Notifications");
        }));
    }

    /// <summary>Writes the document to a file.</summary>
    public static async Task<int> Write(WebApplication app, string path)
    {
        await using (app)
        {
            app.UseRouting();
            app.UseEndpoints(_ => { });
            var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
            await File.WriteAllTextAsync(path, (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)).ReplaceLineEndings("\n") + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        return 0;
    }
}
