using System.Text;
using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Clock;

namespace Notifications.Tests.Fast.Sandbox;

/// <summary>Test vectors of the signature.</summary>
public sealed class AcsSignatureTests
{
    private const string Date = "Fri, 21 Nov 2025 08:00:00 GMT";
    private const string Host = "contoso.communication.azure.com";
    private const string Status = "/emails/operations/8540c0de-899f-5cce-acb5-3ec493af3800?api-version=2025-09-01";
    private readonly AcsSignature signature = new("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", new SandboxTime(TimeProvider.System));

    [Fact]
    public void A_message_is_signed_over_its_literal_bytes()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"senderAddress":"DoNotReply@contoso.example","content":{"subject":"Hei på deg","plainText":"Blåbærsyltetøy"},"recipients":{"to":[{"address":"ola.nordmann@example.no"}]}}""");

        body.Length.ShouldBe(174);
        AcsSignature.ContentHash(body).ShouldBe("rMUx74qbw1gb4dC3YBWUgy/F+fAImryHsvA6KlrcFBU=");
        signature.Sign("POST", "/emails:send?api-version=2025-09-01", Date, Host, AcsSignature.ContentHash(body))
            .ShouldBe("j1r9JTNyTz1g0DNTgNiGiwONeVl0iqVhjpNCt8QYPVk=");
    }

    [Theory]
    [InlineData(Host, "3cZLc769NhCZ6iMFa3yyENFGWmyu/YWa9q6C58cYjNY=")]
    [InlineData("localhost:5005", "cjdzJwJCQDjj70LGGWBk0XrUhsg7nmbvY1J2K0Yu5m0=")]
    public void A_request_without_body_is_signed_for_its_host_and_port(string host, string expected) =>
        signature.Sign("GET", Status, Date, host, AcsSignature.ContentHash([])).ShouldBe(expected);
}
