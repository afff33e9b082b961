using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Access;

public static class AccessRegistration
{
    public const string MayCreate = "create";

    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var issuer = NotificationsSettings.Text(configuration, "Tokens:Issuer", "the issuer of bearer tokens, as their iss claim names it");
        var wellKnown = NotificationsSettings.Address(configuration, "Tokens:WellKnown", "the address of the issuer's OpenID configuration");

        services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(new ConfigurationManager<OpenIdConnectConfiguration>(
            wellKnown.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !wellKnown.IsLoopback })
        {
            RefreshInterval = TimeSpan.FromSeconds(30),
        });
        services.AddSingleton<ValidatedTokens>();
        services.AddAuthentication(BearerTokens.Name)
            .AddScheme<BearerTokenOptions, BearerTokens>(BearerTokens.Name, options => options.Issuer = issuer);
        services.AddAuthorizationBuilder()
            .AddPolicy(MayCreate, policy => policy.RequireAssertion(Allowed));
    }

    private static bool Allowed(AuthorizationHandlerContext context) =>
        context.User.HasScope(Creator.CreateScope) && Creator.Of(context.User) is not null;
}
