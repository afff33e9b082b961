using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Settings;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Recipients;

/// <summary>Our own platform access token, which Register asks for.</summary>
public sealed class PlatformTokenTests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly FixedClock clock = new();
    private readonly X509Certificate2 certificate;
    private readonly PlatformToken token;

    public PlatformTokenTests()
    {
        certificate = new CertificateRequest("CN=platform", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(FixedClock.Start.AddDays(-1), FixedClock.Start.AddDays(1));
        token = new PlatformToken(certificate, clock);
    }

    public void Dispose()
    {
        token.Dispose();
        certificate.Dispose();
        key.Dispose();
    }

    [Fact]
    public void It_is_signed_by_the_certificate_and_says_who_asks()
    {
        var parts = token.Current().ShouldNotBeNull().Split('.');

        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        var (header, claims) = (Read(parts[0]), Read(parts[1]));
        (header.GetProperty("alg").GetString(), header.GetProperty("kid").GetString()).ShouldBe(("RS256", (string?)certificate.Thumbprint));
        (claims.GetProperty("iss").GetString(), claims.GetProperty("urn:altinn:app").GetString()).ShouldBe(((string?)"platform", (string?)"notifications"));
        claims.GetProperty("exp").GetInt64().ShouldBe(FixedClock.Start.AddMinutes(5).ToUnixTimeSeconds());
    }

    [Fact]
    public void It_is_made_anew_before_it_expires()
    {
        var first = token.Current();
        clock.Now += TimeSpan.FromMinutes(4);
        (token.Current() == first).ShouldBeTrue();

        clock.Now += TimeSpan.FromSeconds(31);
        (token.Current() == first).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_on_a_call_once_also_when_the_call_is_repeated()
    {
        var register = StubHandler.Answers(HttpStatusCode.OK);
        using var invoker = new HttpMessageInvoker(new PlatformTokenHeader(token) { InnerHandler = register });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://register/"));
        for (var call = 0; call < 2; call++)
            (await invoker.SendAsync(request, CancellationToken.None)).Dispose();

        register.Seen[^1].Headers.GetValues(PlatformToken.Header).ShouldHaveSingleItem().ShouldBe(token.Current());
    }

    [Fact]
    public void Without_a_certificate_there_is_none()
    {
        using var none = new PlatformToken(PlatformToken.ReadCertificate(Settings(null)), clock);

        none.Current().ShouldBeNull();
    }

    [Fact]
    public void A_certificate_is_read_from_a_file_with_its_key()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "platform.pem");
        File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");

        using var read = PlatformToken.ReadCertificate(Settings(file)).ShouldNotBeNull();
        read.Thumbprint.ShouldBe(certificate.Thumbprint);
    }

    [Fact]
    public void A_file_that_is_none_stops_the_host_with_one_line() =>
        Should.Throw<SettingException>(() => PlatformToken.ReadCertificate(Settings("/nowhere/platform.pfx"))).Message.ShouldContain("Platform:TokenCertificate");

    private static JsonElement Read(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));

    private static IConfiguration Settings(string? file) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Platform:TokenCertificate", file)]).Build();
}
