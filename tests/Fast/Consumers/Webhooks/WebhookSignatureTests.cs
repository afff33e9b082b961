using System.Security.Cryptography;
using System.Text;
using Notifications.Consumers.Webhooks;

namespace Notifications.Tests.Fast.Consumers.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    /// <summary>The example of the Standard Webhooks specification.</summary>
    [Fact]
    public void A_known_message_has_its_known_signature() => WebhookSignature.Of(Id, Timestamp, Body, [Secret]).ShouldBe(Known);

    [Fact]
    public void Every_secret_signs()
    {
        var other = WebhookSignature.NewSecret();

        var signatures = WebhookSignature.Of(Id, Timestamp, Body, [other, Secret]).Split(' ');

        signatures.Length.ShouldBe(2);
        signatures[1].ShouldBe(Known);
        signatures[0].ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(other, Encoding.UTF8.GetBytes($$"""{{Id}}.{{Timestamp}}.{"test": 2432232314}"""))));
    }

    [Theory]
    [InlineData("msg_other", Timestamp, """{"test": 2432232314}""")]
    [InlineData(Id, Timestamp + 1, """{"test": 2432232314}""")]
    [InlineData(Id, Timestamp, """{"test": 2432232315}""")]
    public void Whatever_is_changed_changes_the_signature(string id, long timestamp, string body) =>
        (WebhookSignature.Of(id, timestamp, Encoding.UTF8.GetBytes(body), [Secret]) == Known).ShouldBeFalse();

    [Fact]
    public void A_secret_is_shown_as_receivers_libraries_take_it()
    {
        var secret = WebhookSignature.NewSecret();

        secret.Length.ShouldBeInRange(24, 64);
        WebhookSignature.Show(secret).ShouldBe($"whsec_{Convert.ToBase64String(secret)}");
        WebhookSignature.NewSecret().ShouldNotBe(secret);
    }
}
