using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.Maskinporten;
using Notifications.Sandbox.Acs;

namespace Notifications.Tests.Fast.Sandbox;

/// <summary>The stand-ins as clients meet them, over HTTP.</summary>
public sealed class RunningSandboxTests : IAsyncLifetime, IDisposable
{
    private const string Send = "/emails:send?api-version=2025-09-01";

    // Nobody listens on port 9 of this machine, so no report is ever taken.
    private readonly WebApplication sandbox = Notifications.Sandbox.Program.Build(["--urls=http://127.0.0.1:0", "--Sandbox:ReportsUrl=http://127.0.0.1:9"]);
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        await sandbox.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(sandbox.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task The_same_operation_id_and_content_is_accepted_again_without_a_second_message()
    {
        var id = Guid.NewGuid();
        (await SendEmail("a@example.no", "Hei", id)).ShouldBe(HttpStatusCode.Accepted);
        (await SendEmail("a@example.no", "Hei", id)).ShouldBe(HttpStatusCode.Accepted);

        var message = (await Inbox("a@example.no")).ShouldHaveSingleItem();
        message.GetProperty("attempts").GetInt32().ShouldBe(2);
        message.GetProperty("notificationId").GetGuid().ShouldBe(id);
    }

    [Fact]
    public async Task The_same_operation_id_with_other_content_is_refused()
    {
        var id = Guid.NewGuid();
        await SendEmail("a@example.no", "Hei", id);

        (await SendEmail("a@example.no", "Hallo", id)).ShouldBe(HttpStatusCode.BadRequest);
        (await Inbox("a@example.no")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_with_its_code()
    {
        using var request = Email("a@example.no", "Hei", Guid.NewGuid());
        request.RequestUri = new Uri(Send + "&x=1", UriKind.Relative);
        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.GetValues("x-ms-error-code").ShouldBe(["Unauthorized"]);
    }

    [Fact]
    public async Task Reset_after_accepts_the_message_and_breaks_the_connection()
    {
        await Fault("""{"target":"acs","mode":"reset-after","count":1}""");
        await Should.ThrowAsync<HttpRequestException>(() => SendEmail("a@example.no", "Hei", Guid.NewGuid()));

        (await Inbox("a@example.no")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Answer_without_a_body_leaves_the_connection_open()
    {
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = http.BaseAddress };
        using var scripted = await client.PutAsJsonAsync("answers/a@example.no", new { answer = new { status = 204 } });

        for (var i = 0; i < 3; i++)
        {
            using var request = Email("a@example.no", "Hei", Guid.NewGuid());
            using var response = await client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
        connections.ShouldBe(1);
    }

    [Fact]
    public async Task Maskinporten_takes_an_assertion_once()
    {
        using var client = MaskinportenClient.Read(new ConfigurationBuilder().AddInMemoryCollection([
            new("Sandbox:Url", http.BaseAddress!.AbsoluteUri), new("Maskinporten:Issuer", "https://maskinporten.no/"),
            new("Maskinporten:ClientId", "sandbox-ttd"), new("Maskinporten:KeyId", "key-1")]).Build(), isNeeded: true);
        using var grant = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = client.Assertion("s", DateTimeOffset.UtcNow),
        });

        using (var first = await http.PostAsync("maskinporten/token", grant))
            first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await http.PostAsync("maskinporten/token", grant);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await again.Content.ReadAsStringAsync()).ShouldContain("used before");
    }

    [Fact]
    public async Task Reset_before_breaks_the_connection_without_accepting_the_message()
    {
        await Fault("""{"target":"acs","mode":"reset-before","count":1}""");
        await Should.ThrowAsync<HttpRequestException>(() => SendEmail("a@example.no", "Hei", Guid.NewGuid()));

        (await Inbox("a@example.no")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hanging_call_goes_on_when_the_fault_is_switched_off()
    {
        await Fault("""{"target":"acs","mode":"hang"}""");
        var sending = SendEmail("a@example.no", "Hei", Guid.NewGuid());
        await Fault("""{"target":"acs","mode":"none"}""");

        (await sending).ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_fault_with_a_count_hits_that_many_calls()
    {
        await Fault("""{"target":"acs","mode":"throttle","count":2}""");

        (await SendEmail("a@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SendEmail("a@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SendEmail("a@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_fault_about_something_neither_hits_nor_counts_other_calls()
    {
        await Fault("""{"target":"acs","mode":"throttle","count":1,"about":"b@example.no"}""");

        (await SendEmail("a@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.Accepted);
        (await SendEmail("b@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SendEmail("b@example.no", "Hei", Guid.NewGuid())).ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task The_inbox_page_encodes_what_was_sent()
    {
        await SendEmail("a@example.no", "<script>", Guid.NewGuid());

        var page = await http.GetStringAsync("/inbox");
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_condition_answers_in_turn_and_repeats_its_last_answer()
    {
        using var put = await http.PutAsync("/conditions/c", Json("""{"answers":[true,"500",false]}"""));
        put.EnsureSuccessStatusCode();

        (await http.GetStringAsync("/conditions/c")).ShouldBe("""{"sendNotification":true}""");
        using (var failing = await http.GetAsync("/conditions/c"))
            failing.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await http.GetStringAsync("/conditions/c")).ShouldBe("""{"sendNotification":false}""");
        (await http.GetStringAsync("/conditions/c")).ShouldBe("""{"sendNotification":false}""");
    }

    [Fact]
    public async Task The_clock_does_not_go_back()
    {
        using var response = await http.PostAsync("/clock/advance", Json("""{"seconds":-1}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpStatusCode> SendEmail(string to, string subject, Guid id)
    {
        using var request = Email(to, subject, id);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private HttpRequestMessage Email(string to, string subject, Guid id)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            senderAddress = "noreply@example.no",
            content = new { subject, plainText = "Hei" },
            recipients = new { to = new[] { new { address = to } } },
        });
        var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var hash = AcsSignature.ContentHash(body);
        var signature = sandbox.Services.GetRequiredService<AcsSignature>().Sign("POST", Send, date, http.BaseAddress!.Authority, hash);
        var request = new HttpRequestMessage(HttpMethod.Post, Send) { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.Add("Operation-Id", id.ToString());
        request.Headers.TryAddWithoutValidation("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature);
        return request;
    }

    private async Task Fault(string fault)
    {
        using var response = await http.PostAsync("/faults", Json(fault));
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement[]> Inbox(string to) => (await http.GetFromJsonAsync<JsonElement[]>("/inbox/messages?to=" + to))!;

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
