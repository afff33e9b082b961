using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>
/// <c>GET /templates</c>: the latest version of each; <c>/templates/{name}</c>: the latest, or the one that <c>version</c> names;
/// <c>/templates/{name}/versions</c>: all of them, retired ones too, the latest first. <c>DELETE /templates/{name}</c> retires it: what was
/// ordered with it is sent.
/// </summary>
public static class GetTemplates
{
    private const int LargestPage = 100;

    public static void MapGetTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/templates", All)
            .WithName("GetTemplates").WithTags("Templates").WithSummary("Your templates, and the presets")
            .Produces<TemplateResponse[]>();
        routes.MapGet("/templates/{name}", One)
            .WithName("GetTemplate").WithTags("Templates").WithSummary("One template")
            .Produces<TemplateResponse>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/templates/{name}/versions", Versions)
            .WithName("GetTemplateVersions").WithTags("Templates").WithSummary("Every version of a template")
            .Produces<TemplateResponse[]>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapDelete("/templates/{name}", Retire)
            .WithName("RetireTemplate").WithTags("Templates").WithSummary("Let nothing more be ordered with a template")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> All(HttpContext http, [FromServices] TemplateCatalog catalog) =>
        Results.Json((await catalog.All(Creator.Of(http.User)!, http.RequestAborted)).Select(TemplateResponse.Of));

    private static async Task<IResult> One(string name, int? version, HttpContext http, [FromServices] TemplateCatalog catalog) =>
        await catalog.Find(Creator.Of(http.User)!, name, version, http.RequestAborted) is { } found ? Results.Json(TemplateResponse.Of(found)) : Problems.NotFound();

    private static async Task<IResult> Versions(string name, int? before, int? pageSize, HttpContext http, KeptTemplates templates, PublicAddress address)
    {
        var size = Math.Clamp(pageSize ?? LargestPage, 1, LargestPage);
        if (Presets.All.TryGetValue(name, out var preset))
            return Results.Json(new[] { TemplateResponse.Of(FoundTemplate.Preset(name, preset)) });
        var found = name.Contains('\0', StringComparison.Ordinal) ? [] : await templates.Versions(Creator.Of(http.User)!, name, before ?? int.MaxValue, size, http.RequestAborted);
        if (found.Count == 0 && before is null)
            return Problems.NotFound();

        var answer = Results.Json(found.Select(t => TemplateResponse.Of(FoundTemplate.Of(t))));
        return found.Count < size ? answer
            : answer.WithNextPage(address.Of(string.Create(CultureInfo.InvariantCulture, $"templates/{name}/versions?before={found[^1].Version}&pageSize={size}")));
    }

    private static async Task<IResult> Retire(string name, HttpContext http, KeptTemplates templates) =>
        !name.Contains('\0', StringComparison.Ordinal) && await templates.Retire(Creator.Of(http.User)!, name, http.RequestAborted) ? Results.NoContent() : Problems.NotFound();
}
