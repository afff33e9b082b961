using System.Text;
using Notifications.Consumers.Email;
using Notifications.Hosting.Settings;

namespace Notifications.Tests.Fast.Consumers.Email;

public sealed class AcsConnectionTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Status = "emails/operations/8540c0de-899f-5cce-acb5-3ec493af3800?api-version=2025-09-01";
    private static readonly DateTimeOffset Date = new(2025, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_is_signed_over_its_literal_bytes()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"senderAddress":"DoNotReply@contoso.example","content":{"subject":"Hei på deg","plainText":"Blåbærsyltetøy"},"recipients":{"to":[{"address":"ola.nordmann@example.no"}]}}""");
        body.Length.ShouldBe(174);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://contoso.communication.azure.com/emails:send?api-version=2025-09-01");

        await Sign(request, body);

        Header(request, "x-ms-date").ShouldBe("Fri, 21 Nov 2025 08:00:00 GMT");
        Header(request, "x-ms-content-sha256").ShouldBe("rMUx74qbw1gb4dC3YBWUgy/F+fAImryHsvA6KlrcFBU=");
        Header(request, "Authorization").ShouldBe(
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=j1r9JTNyTz1g0DNTgNiGiwONeVl0iqVhjpNCt8QYPVk=");
    }

    [Theory]
    [InlineData("https://contoso.communication.azure.com/", "3cZLc769NhCZ6iMFa3yyENFGWmyu/YWa9q6C58cYjNY=")]
    [InlineData("http://localhost:5005/", "cjdzJwJCQDjj70LGGWBk0XrUhsg7nmbvY1J2K0Yu5m0=")]
    public async Task A_request_without_a_body_is_signed_for_its_host_and_port(string host, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, host + Status);

        await Sign(request, []);

        Header(request, "x-ms-content-sha256").ShouldBe("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        Header(request, "Authorization").ShouldEndWith($"&Signature={signature}");
    }

    [Fact]
    public async Task The_moment_of_the_signature_is_told_in_universal_time()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");

        await AcsConnection.Parse($"endpoint=http://localhost/;accesskey={Key}").Authorize(request, ReadOnlyMemory<byte>.Empty, Date.ToOffset(TimeSpan.FromHours(2)), CancellationToken.None);

        Header(request, "x-ms-date").ShouldBe("Fri, 21 Nov 2025 08:00:00 GMT");
    }

    [Theory]
    [InlineData($"endpoint=https://contoso.communication.azure.com/;accesskey={Key}")]
    [InlineData($"accesskey={Key};endpoint=https://contoso.communication.azure.com/")]
    [InlineData($"Endpoint = https://contoso.communication.azure.com/ ; AccessKey = {Key};")]
    public void A_connection_string_gives_the_endpoint(string text) =>
        AcsConnection.Parse(text).Endpoint.ShouldBe(new Uri("https://contoso.communication.azure.com/"));

    [Theory]
    [InlineData("AA==")]
    [InlineData("AAA=")]
    [InlineData("AAAA")]
    public void A_key_may_end_in_equal_signs(string key) => Should.NotThrow(() => AcsConnection.Parse($"endpoint=https://contoso.example/;accesskey={key}"));

    [Theory]
    [InlineData("")]
    [InlineData(";;;")]
    [InlineData("endpoint")]
    [InlineData("endpoint=https://contoso.example/")]
    [InlineData($"accesskey={Key}")]
    [InlineData($"endpoint=contoso;accesskey={Key}")]
    [InlineData("endpoint=https://contoso.example/;accesskey=not base64!")]
    [InlineData("endpoint=https://contoso.example/;accesskey=AAA")]
    [InlineData("endpoint=https://contoso.example/;accesskey=")]
    [InlineData($"endpoint=https://contoso.example/;endpoint=https://other.example/;accesskey={Key}")]
    public void A_wrong_connection_string_names_the_setting(string text) =>
        Should.Throw<SettingException>(() => AcsConnection.Parse(text)).Message.ShouldContain("Email:ConnectionString");

    [Fact]
    public void A_wrong_connection_string_is_not_repeated_in_the_message() =>
        Should.Throw<SettingException>(() => AcsConnection.Parse("endpoint=nowhere;accesskey=c2VjcmV0")).Message.ShouldNotContain("c2VjcmV0");

    private static ValueTask Sign(HttpRequestMessage request, byte[] body) =>
        AcsConnection.Parse($"endpoint={request.RequestUri!.GetLeftPart(UriPartial.Authority)}/;accesskey={Key}").Authorize(request, body, Date, CancellationToken.None);

    private static string Header(HttpRequestMessage request, string name) => request.Headers.GetValues(name).Single();
}
