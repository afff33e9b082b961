using Notifications.Hosting.Settings;

namespace Notifications.Api.Access;

/// <summary>Settings under <c>Tokens</c>: a section for each issuer of bearer tokens, by a name of one's own choice.</summary>
internal sealed class TokenIssuers(IReadOnlyList<TokenIssuer> issuers)
{
    public IReadOnlyList<TokenIssuer> All => issuers;

    public TokenIssuer? Find(string issuer) => issuers.FirstOrDefault(i => string.Equals(i.Issuer, issuer, StringComparison.Ordinal));

    public static TokenIssuers Read(IConfiguration configuration)
    {
        var issuers = configuration.GetSection("Tokens").GetChildren().Select(section => TokenIssuer.Read(configuration, section.Path)).ToArray();
        return issuers.Length > 0 ? new(issuers) : throw new SettingException("Set Tokens:Altinn:Issuer to the issuer of bearer tokens, as their iss claim names it.");
    }
}
