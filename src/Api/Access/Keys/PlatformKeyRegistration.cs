using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Access.Keys;

internal static class PlatformKeyRegistration
{
    private const string Directory = "PlatformTokens:Certificates";
    private const string Vault = "PlatformTokens:KeyVault";
    private const string KeySets = "PlatformTokens:KeySets";

    /// <summary>One of three settings names the source.</summary>
    public static void AddPlatformKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(nameof(PublishedKeySets), client => client.Timeout = TimeSpan.FromSeconds(5));
        services.AddSingleton<PlatformKeys>();

        string[] given = [.. new[] { Directory, Vault, KeySets }.Where(name => configuration[name] is { Length: > 0 })];
        switch (given)
        {
            case []:
                services.AddSingleton<IPlatformKeySource, NoPlatformKeys>();
                break;
            case [Directory]:
                var directory = Existing(configuration[Directory]!);
                services.AddSingleton<IPlatformKeySource>(provider => ActivatorUtilities.CreateInstance<CertificateDirectory>(provider, directory));
                break;
            case [Vault]:
                var vault = NotificationsSettings.Address(configuration, Vault, "the address of the Key Vault, for example https://altinn.vault.azure.net/");
                services.AddSingleton<IPlatformKeySource>(provider => new KeyVaultCertificates(
                    new SecretClient(vault, new DefaultAzureCredential()), provider.GetRequiredService<TimeProvider>()));
                break;
            case [KeySets]:
                var address = NotificationsSettings.Address(configuration, KeySets, "the address below which each issuer's key set is found, ending in a slash");
                services.AddSingleton<IPlatformKeySource>(provider => ActivatorUtilities.CreateInstance<PublishedKeySets>(provider, address));
                break;
            default:
                throw new SettingException($"Set only one of {string.Join(" and ", given)}.");
        }
    }

    private static string Existing(string directory) => System.IO.Directory.Exists(directory)
        ? directory
        : throw new SettingException($"Set {Directory} to a directory of certificates; {directory} is not there.");
}
