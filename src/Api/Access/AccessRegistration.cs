using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Notifications.Api.Access.Keys;
using Notifications.Api.EndUsers;

namespace Notifications.Api.Access;

/// <summary>The two ways to show who calls, and what each policy asks for.</summary>
public static class AccessRegistration
{
    /// <summary>The scope to order and to follow, or a platform access token.</summary>
    public const string MayCreate = "create";

    /// <summary>The scope to order e-mail with attachments; a platform access token does not do.</summary>
    public const string MayCompose = "compose";

    /// <summary>The scope to look at any creator's notifications.</summary>
    public const string MaySupport = "support";

    /// <summary>The scope to say under which names creators may send.</summary>
    public const string MayKeepSenders = "senders";

    /// <summary>The scope to look at what goes on between us and the providers, whoever ordered it.</summary>
    public const string MayOperate = "operate";

    /// <summary>To be somebody who has logged in themselves.</summary>
    public const string MayReadOwn = "own";

    public const string CreateScope = "altinn:serviceowner/notifications.create";
    public const string ComposeScope = "altinn:serviceowner/notifications.composedemail.create";
    public const string SupportScope = "altinn:notifications.support.admin";
    public const string EndUserScope = "altinn:portal/enduser";
    public const string SendersScope = "altinn:notifications.senders.admin";
    public const string OperateScope = "altinn:notifications.operations.admin";

    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TokenIssuers.Read(configuration));
        services.AddPlatformKeys(configuration);
        services.AddSingleton<ValidatedTokens>();
        services.AddAuthentication(BearerTokens.Name)
            .AddScheme<SignedTokenOptions, BearerTokens>(BearerTokens.Name, configureOptions: null)
            // Apps keep a token until seconds before it expires.
            .AddScheme<SignedTokenOptions, PlatformTokens>(PlatformTokens.Name, options => options.Grace = TimeSpan.FromSeconds(10));
        services.AddAuthorizationBuilder()
            .AddPolicy(MayCreate, c => c.Creator is not null && (c.IsPlatform || c.Has(CreateScope)))
            .AddPolicy(MayCompose, c => c.Creator is not null && c.Has(ComposeScope))
            .AddPolicy(MaySupport, c => c.Has(SupportScope))
            .AddPolicy(MayReadOwn, c => EndUser.Of(c) is not null)
            .AddPolicy(MayKeepSenders, c => c.Has(SendersScope))
            .AddPolicy(MayOperate, c => c.Has(OperateScope));
    }

    /// <summary>Every valid credential is looked at; one of them must be enough, and no two may name different creators.</summary>
    private static AuthorizationBuilder AddPolicy(this AuthorizationBuilder policies, string name, Func<Credential, bool> isEnough) =>
        policies.AddPolicy(name, policy => policy
            .AddAuthenticationSchemes(BearerTokens.Name, PlatformTokens.Name)
            .RequireAssertion(context => Agree(context.User) && Creator.Credentials(context.User).Any(isEnough)));

    private static bool Agree(ClaimsPrincipal caller) =>
        Creator.Credentials(caller).Select(c => c.Creator).OfType<string>().Distinct(StringComparer.Ordinal).Count() <= 1;
}
