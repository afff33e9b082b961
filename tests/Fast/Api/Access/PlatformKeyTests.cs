using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notifications.Api.Access;
using Notifications.Api.Access.Keys;
using Notifications.Hosting.Settings;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Access;

public sealed class PlatformKeyTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certificates");
    private readonly FixedClock _clock = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_directory_has_an_issuers_certificates_in_its_files()
    {
        var (first, second, other) = (Certificate(), Certificate(), Certificate());
        Write("ttd.cer", first.Export(X509ContentType.Cert));
        Write("ttd.2027.pem", second.ExportCertificatePem() + "\n" + other.ExportCertificatePem());
        Write("ttd-x.pem", Certificate().ExportCertificatePem());

        (await KeyIds("ttd")).ShouldBe([first.Thumbprint, second.Thumbprint, other.Thumbprint], ignoreOrder: true);
        (await KeyIds("skd")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_added_replaced_or_removed_counts_at_once()
    {
        var (first, second) = (Certificate(), Certificate());
        var source = Source();
        (await KeyIds("ttd", source)).ShouldBeEmpty();

        Write("ttd.pem", first.ExportCertificatePem());
        (await KeyIds("ttd", source)).ShouldBe([first.Thumbprint]);

        Write("ttd.pem", second.ExportCertificatePem());
        File.SetLastWriteTimeUtc(Path.Combine(_directory.FullName, "ttd.pem"), FixedClock.Start.UtcDateTime);
        (await KeyIds("ttd", source)).ShouldBe([second.Thumbprint]);

        File.Delete(Path.Combine(_directory.FullName, "ttd.pem"));
        (await KeyIds("ttd", source)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_has_its_time()
    {
        Write("ttd.pem", Certificate(valid: TimeSpan.FromDays(2)).ExportCertificatePem());
        var source = Source();
        (await KeyIds("ttd", source)).Count.ShouldBe(1);

        _clock.Now = _clock.Now.AddDays(3);
        (await KeyIds("ttd", source)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_spoils_nothing()
    {
        var good = Certificate();
        Write("ttd.txt", "not a certificate");
        Write("ttd.pem", good.ExportCertificatePem());

        (await KeyIds("ttd")).ShouldBe([good.Thumbprint]);
    }

    [Fact]
    public async Task The_vault_has_it_under_the_name_that_altinn_uses()
    {
        var certificate = Certificate();
        var vault = StubHandler.Answers(HttpStatusCode.OK, JsonSerializer.Serialize(new { id = "https://v.vault.azure.net/secrets/x/1", value = Convert.ToBase64String(certificate.Export(X509ContentType.Cert)) }));

        (await Vault(vault).Of("ttd", default)).Select(k => k.KeyId).ShouldBe([certificate.Thumbprint]);
        vault.Seen[^1].Address.AbsolutePath.ShouldBe("/secrets/ttd-access-token-public-cert");
    }

    [Fact]
    public async Task An_issuer_that_the_vault_does_not_know_has_no_keys() =>
        (await Vault(StubHandler.Answers(HttpStatusCode.NotFound, """{"error":{"code":"SecretNotFound","message":"x"}}""")).Of("ttd", default)).ShouldBeEmpty();

    [Fact]
    public async Task A_vault_that_does_not_answer_is_nobodys_fault() =>
        await Should.ThrowAsync<KeysAwayException>(() => Vault(StubHandler.Answers(HttpStatusCode.ServiceUnavailable)).Of("ttd", default));

    [Fact]
    public void Only_one_source_may_be_set() =>
        Should.Throw<SettingException>(() => Register(("PlatformTokens:Certificates", _directory.FullName), ("PlatformTokens:KeyVault", "https://v.vault.azure.net")))
            .Message.ShouldBe("Set only one of PlatformTokens:Certificates and PlatformTokens:KeyVault.");

    [Fact]
    public void A_directory_that_is_not_there_is_told() =>
        Should.Throw<SettingException>(() => Register(("PlatformTokens:Certificates", "/no/such/place"))).Message.ShouldContain("/no/such/place");

    private CertificateDirectory Source() => new(_directory.FullName, _clock, NullLogger<CertificateDirectory>.Instance);

    private async Task<IReadOnlyList<string>> KeyIds(string issuer, CertificateDirectory? source = null) =>
        [.. (await (source ?? Source()).Of(issuer, default)).Select(k => k.KeyId)];

    private KeyVaultCertificates Vault(StubHandler answers) => new(
        new SecretClient(new Uri("https://v.vault.azure.net"), new AnyToken(), new SecretClientOptions
        {
            Transport = new HttpClientTransport(answers),
            Retry = { MaxRetries = 0 },
        }),
        _clock);

    private static void Register(params (string Name, string Value)[] settings) => new ServiceCollection().AddPlatformKeys(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());

    private static X509Certificate2 Certificate(TimeSpan? valid = null)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=ttd", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(FixedClock.Start.AddDays(-1), FixedClock.Start + (valid ?? TimeSpan.FromDays(365)));
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_directory.FullName, name), content);

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_directory.FullName, name), content);

    private sealed class AnyToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("t", FixedClock.Start.AddYears(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
