using Notifications.Api.Webhooks;
using Notifications.Consumers.Webhooks;

namespace Notifications.Tests.Fast.Api.Webhooks;

public sealed class WebhookRequestTests
{
    [Theory]
    [InlineData("https://etaten.example/told?code=x", true)]
    [InlineData("http://etaten.example/told", false)]
    [InlineData("ftp://etaten.example/told", false)]
    [InlineData("/told", false)]
    [InlineData("etaten.example", false)]
    [InlineData("", false)]
    [InlineData("https://user:password@etaten.example/told", false)]
    [InlineData("https://etaten.example/told#there", false)]
    public void An_endpoint_is_an_https_address(string endpoint, bool isValid) => IsValid(new WebhookRequest { Endpoint = endpoint }).ShouldBe(isValid);

    [Fact]
    public void An_endpoint_has_a_length() => IsValid(new WebhookRequest { Endpoint = $"https://etaten.example/{new string('x', 2048)}" }).ShouldBeFalse();

    [Fact]
    public void A_sandbox_takes_http() => IsValid(new WebhookRequest { Endpoint = "http://localhost:5095/webhooks/mine" }, publicOnly: false).ShouldBeTrue();

    [Theory]
    [InlineData("Order_Completed", true)]
    [InlineData("Order_SendConditionNotMet", true)]
    [InlineData("Order_Processing", false)]
    [InlineData("order_completed", false)]
    [InlineData(null, false)]
    public void Only_final_states_can_be_told(string? status, bool isValid) => IsValid(new WebhookRequest { Endpoint = "https://etaten.example", Statuses = [status] }).ShouldBe(isValid);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_batch_has_bounds(int size, bool isValid) => IsValid(new WebhookRequest { Endpoint = "https://etaten.example", BatchSize = size }).ShouldBe(isValid);

    private static bool IsValid(WebhookRequest request, bool publicOnly = true) =>
        new WebhookRequestValidator(new WebhookSettings(publicOnly, TimeSpan.FromSeconds(10), "https://x", "x")).Validate(request).IsValid;
}
