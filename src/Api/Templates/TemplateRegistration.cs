namespace Notifications.Api.Templates;

public static class TemplateRegistration
{
    public static void AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<TemplateRequestValidator>();
        services.AddSingleton<TemplateCatalog>();
        services.AddSingleton<OrderedTemplates>();
    }

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapPutTemplate();
        routes.MapGetTemplates();
        routes.MapPostTemplatePreview();
    }
}
