using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary><c>POST /templates/{name}/preview</c>: what an order would say with it, in each language, and in how many parts of an SMS. Nothing is sent.</summary>
public static class PostTemplatePreview
{
    private const string BodyName = "templatePreviewRequest";

    public static void MapPostTemplatePreview(this IEndpointRouteBuilder routes) => routes
        .MapPost("/templates/{name}/preview", Handle)
        .WithName("PreviewTemplate").WithTags("Templates").WithSummary("See what an order would say, in each language")
        .WithDescription($"Any template, by its name and version. For a try without one of your own there are the presets, such as {Presets.WithReminder}.")
        .Accepts<TemplatePreviewRequest>("application/json")
        .Produces<TemplatePreviewResponse>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string name, int? version, HttpContext http, [FromServices] TemplateCatalog catalog)
    {
        var (request, problem) = await RequestBody.Read<TemplatePreviewRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;
        if (await catalog.Find(Creator.Of(http.User)!, name, version, http.RequestAborted) is not { } template)
            return Problems.NotFound();

        var (values, errors) = TemplateFilling.Read(template.Content, request.Tokens);
        return errors.Count > 0
            ? Problems.Invalid<TemplatePreviewRequest>(errors.Select(e => new ValidationFailure($"{nameof(TemplatePreviewRequest.Tokens)}.{e.Name}", e.Error)))
            : Results.Json(new TemplatePreviewResponse(
                template.Name, template.Version, Shown(template, values, request, isReminder: false),
                template.Content.Reminder is { } reminder ? new TemplatePreviewResponse.Reminded(reminder.AfterDays, Shown(template, values, request, isReminder: true)) : null));
    }

    private static Dictionary<string, TemplatePreviewResponse.Text> Shown(
        FoundTemplate template, IReadOnlyDictionary<string, TokenValue> values, TemplatePreviewRequest request, bool isReminder)
    {
        return FilledTemplate.Of(template, values, language: null, isReminder).Texts.ToDictionary(t => t.Key, t => Show(t.Value), StringComparer.Ordinal);

        TemplatePreviewResponse.Text Show(TemplateText text)
        {
            var sms = Named(text.Sms, EmailContentType.Plain);
            var length = sms is null ? null : SmsLength.Of(sms);
            return new(Named(text.Subject, EmailContentType.Plain), Named(text.Body, template.Content.ContentType), sms, length?.Characters, length?.Parts, length?.Fits);
        }

        string? Named(string? text, EmailContentType contentType) =>
            text is null ? null : Placeholders.Fill(text, request.RecipientName, request.RecipientNumber, request.ResourceName, contentType);
    }
}

/// <summary>What is filled in; with names, to see how long the texts become.</summary>
public sealed record TemplatePreviewRequest
{
    public IReadOnlyDictionary<string, JsonElement>? Tokens { get; init; }

    /// <summary>For <c>$recipientName$</c>.</summary>
    public string? RecipientName { get; init; }

    /// <summary>For <c>$recipientNumber$</c>.</summary>
    public string? RecipientNumber { get; init; }

    /// <summary>For <c>$resourceName$</c>.</summary>
    public string? ResourceName { get; init; }
}

/// <param name="Texts">By language.</param>
/// <param name="Reminder">What the template brings.</param>
public sealed record TemplatePreviewResponse(string Name, int Version, IReadOnlyDictionary<string, TemplatePreviewResponse.Text> Texts, TemplatePreviewResponse.Reminded? Reminder)
{
    /// <param name="SmsFits">Whether the gateway takes it.</param>
    public sealed record Text(string? Subject, string? Body, string? Sms, int? SmsCharacters, int? SmsParts, bool? SmsFits);

    public sealed record Reminded(int AfterDays, IReadOnlyDictionary<string, Text> Texts);
}
