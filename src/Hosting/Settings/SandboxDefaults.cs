using Microsoft.Extensions.Configuration;

namespace Notifications.Hosting.Settings;

/// <summary>What a sandbox environment need not set: every outside system is the sandbox. Any setting given by name still wins.</summary>
public static class SandboxDefaults
{
    public static void AddSandboxDefaults(this IConfigurationManager configuration)
    {
        if (configuration["Sandbox:Url"] is not { Length: > 0 } url)
            return;

        var sandbox = url.TrimEnd('/');
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Broker:Queues"] = "Classic",
                ["Tokens:Altinn:Issuer"] = $"{sandbox}/",
                ["Tokens:Altinn:WellKnown"] = $"{sandbox}/.well-known/openid-configuration",
                ["Tokens:Maskinporten:Issuer"] = $"{sandbox}/maskinporten/",
                ["Tokens:Maskinporten:WellKnown"] = $"{sandbox}/maskinporten/.well-known/openid-configuration",
                ["Tokens:Maskinporten:Creators:991825827"] = "ttd",
                ["Tokens:Maskinporten:Creators:974761076"] = "skd",
                ["PlatformTokens:KeySets"] = $"{sandbox}/.well-known/platform-access-token/",
                ["Senders:MustBeVerified"] = "false",
                ["Platform:Profile"] = $"{sandbox}/profile/api/v1/",
                ["Platform:Register"] = $"{sandbox}/register/api/v1/",
                ["Platform:Authorization"] = $"{sandbox}/authorization/api/v1/",
                ["Platform:Authentication"] = $"{sandbox}/authentication/api/v1/",
                ["Platform:Storage"] = $"{sandbox}/storage/api/v1/",
                ["Platform:Events"] = $"{sandbox}/events/api/v1/",
                ["Events:Secret"] = "sandbox",
                ["Maskinporten:Issuer"] = $"{sandbox}/maskinporten/",
                ["Maskinporten:ClientId"] = "sandbox-digdir",
                ["Maskinporten:KeyId"] = "sandbox",
                ["Platform:ResourceRegistry"] = $"{sandbox}/resourceregistry/api/v1/",
                ["Recipients:IdentityNumbers"] = "Any",
                ["Conditions:PublicOnly"] = "false",
                ["Webhooks:PublicOnly"] = "false",
                ["Attachments:Storage"] = $"{sandbox}/blobs/",
                ["Email:ConnectionString"] = $"endpoint={sandbox}/;accesskey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                ["Sms:Endpoint"] = configuration["Sms:Protocol"] == "Common" ? $"{sandbox}/link/common/" : $"{sandbox}/link/xml",
                ["Sms:Partner"] = "sandbox",
                ["Sms:ReportGate"] = "sandbox",
                ["Sms:Second:Endpoint"] = configuration["Sms:Second:Protocol"] switch { "Common" => $"{sandbox}/link/common/", "Pswin" => $"{sandbox}/link/xml", _ => null },
                ["Sms:Second:Partner"] = "sandbox",
                ["Sms:Second:ReportGate"] = "sandbox",
                ["Sms:Second:User"] = "sandbox",
                ["Sms:Second:Password"] = "sandbox",
                ["Sms:User"] = "sandbox",
                ["Sms:Password"] = "sandbox",
                ["Metrics:ApiKey"] = "sandbox",
                ["Reports:EmailSecret"] = "sandbox",
                ["Reports:SmsUser"] = "link",
                ["Reports:SmsPassword"] = "sandbox",
            },
        });
    }
}
