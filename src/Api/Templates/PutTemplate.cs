using System.Text.Json;
using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary><c>PUT /templates/{name}</c>: a new version each time. What was ordered with an earlier one stays as it was.</summary>
public static class PutTemplate
{
    private const string BodyName = "templateRequest";

    public const string Example =
        """
        {
          "description": "A decision has been made",
          "contentType": "Html",
          "tokens": { "caseNumber": { "type": "Text" }, "deadline": { "type": "Date" }, "link": { "type": "Link", "optional": true } },
          "texts": {
            "nb": { "subject": "Vedtak i sak {{caseNumber}}", "body": "<p>Hei, $recipientName$. Klagefristen er {{deadline}}.</p><p>{{link}}</p>", "sms": "Vedtak i sak {{caseNumber}}. Klagefrist: {{deadline}}." },
            "nn": { "subject": "Vedtak i sak {{caseNumber}}", "body": "<p>Hei, $recipientName$. Klagefristen er {{deadline}}.</p><p>{{link}}</p>", "sms": "Vedtak i sak {{caseNumber}}. Klagefrist: {{deadline}}." },
            "en": { "subject": "Decision in case {{caseNumber}}", "body": "<p>Hello, $recipientName$. You may complain until {{deadline}}.</p><p>{{link}}</p>", "sms": "Decision in case {{caseNumber}}. Complain by {{deadline}}." }
          }
        }
        """;

    public static void MapPutTemplate(this IEndpointRouteBuilder routes) => routes
        .MapPut("/templates/{name}", Handle)
        .WithName("PutTemplate").WithTags("Templates").WithSummary("Keep a text that orders name, or a new version of it")
        .Accepts<TemplateRequest>("application/json").WithExample("A decision, in three languages", Example)
        .Produces<TemplateResponse>(StatusCodes.Status201Created)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(string name, HttpContext http, TemplateRequestValidator validator, KeptTemplates templates, PublicAddress address)
    {
        var body = await RequestBody.Read<TemplateRequest>(http.Request, BodyName);
        if (body.Value is not { } request)
            return body.Problem!;
        if (!TemplateRequestValidator.IsName(name))
            return Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Name"] = ["A name has at most 100 letters from A to Z, digits, and . _ - after the first of them."] });
        if (Presets.All.ContainsKey(name))
            return Problems.Conflict($"{name} is a preset, which is everybody's. Choose another name.");
        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid<TemplateRequest>(validation.Errors);

        var creator = Creator.Of(http.User)!;
        return await templates.Add(creator, name, JsonSerializer.Serialize(request, WireJson.Options), http.RequestAborted) is { } added
            ? Results.Json(TemplateResponse.Of(FoundTemplate.Of(added)) with { Warnings = body.Warnings }, statusCode: StatusCodes.Status201Created).WithLocation(address.Of($"templates/{name}?version={added.Version}"))
            : Problems.Conflict($"{creator} has {KeptTemplates.MostOfOne} templates already, and more are not kept. Retire one of them.");
    }
}
