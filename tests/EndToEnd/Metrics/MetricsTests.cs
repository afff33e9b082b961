using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Metrics;

[Collection(SharedSystemTests.Name)]
public sealed class MetricsTests(SharedSystem system)
{
    private const string Person = "08029210111";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Files_hold_what_became_final_on_a_day()
    {
        await system.Sandbox.Person(Person, "Kari Nordmann", "kari@example.no", "+4799999999");
        await system.Sandbox.BeDaytime();
        var today = (await system.Sandbox.Now()).UtcDateTime;
        await Complete(Order.Person(Person, "Sms", $"Hei $recipientName$, {new string('x', 150)}").With("sendersReference", "case, \"1\""));
        await Complete(Order.Sms("+4640000001", "Hej"));
        await Complete(Order.Email($"{_owner.Creator}@example.no"));
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));

        var sms = await Rows("sms", today);
        sms.Count.ShouldBe(2);
        var domestic = sms.Single(row => row["Rate"] == "innland");
        (domestic["SendersReference"], domestic["Result"], domestic["MobileNumberPrefix"]).ShouldBe(("case, \"1\"", "Delivered", "+479"));
        (domestic["AltinnSmsCount"], domestic["AltinnSmsBodyLength"], domestic["AltinnSmsCustomBodyLength"]).ShouldBe(("2", "171", "169"));
        domestic["GatewayReference"].ShouldNotBeEmpty();
        var foreign = sms.Single(row => row["Rate"] == "utland");
        (foreign["AltinnSmsCount"], foreign["AltinnSmsBodyLength"], foreign["AltinnSmsCustomBodyLength"]).ShouldBe(("1", "3", "0"));

        var email = (await Rows("email", today)).ShouldHaveSingleItem();
        email["OperationId"].ShouldBe(email["ShipmentId"]);
        long.Parse(email["EmailId"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        DateTime.ParseExact(email["RequestedSendTime"], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("metrics/sms?date=2199-01-01")]
    [InlineData("metrics/sms?date=yesterday")]
    public async Task Day_that_is_not_over_has_no_file(string path)
    {
        using var response = await Post(path);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("POST", "metrics/sms")]
    [InlineData("POST", "metrics/email")]
    [InlineData("POST", "metrics")]
    [InlineData("GET", "metrics")]
    public async Task Nothing_is_seen_without_the_key(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Address(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await system.Sandbox.Token(_owner.Creator));
        using var response = await Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).ShouldContain("API key required for Metrics endpoints");
    }

    [Fact]
    public async Task Page_shows_a_month()
    {
        await system.Sandbox.BeDaytime();
        var now = (await system.Sandbox.Now()).UtcDateTime;
        await Complete(Order.Sms("+4799999999", new string('x', 161)));
        await Complete(Order.Sms("+4740000001"));
        await Complete(Order.Email($"{_owner.Creator}@example.no"));

        using (var form = await Send(HttpMethod.Get, "metrics"))
            (await form.Content.ReadAsStringAsync()).ShouldContain("<form method=\"post\">");
        using var page = await Post("metrics", $"year={now.Year}&month={now.Month}");

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain($"<th scope=\"row\">{_owner.Creator}</th><td>3</td><td>1</td><td>1</td><td>3</td><td>2</td>");
    }

    [Theory]
    [InlineData("")]
    [InlineData("year=2026&month=13")]
    [InlineData("year=99999&month=1")]
    [InlineData("year=2026&month=x")]
    public async Task Month_that_cannot_be_is_a_400(string form)
    {
        using var page = await Post("metrics", form);

        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task Complete(System.Text.Json.Nodes.JsonObject order) => await _owner.UntilCompleted((await _owner.Accept(order)).ShipmentId);

    /// <summary>The owner's own, by their columns.</summary>
    private async Task<IReadOnlyList<Dictionary<string, string>>> Rows(string kind, DateTime day)
    {
        using var response = await Post(string.Create(CultureInfo.InvariantCulture, $"metrics/{kind}?date={day:yyyy-MM-dd}"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var content = await response.Content.ReadAsByteArrayAsync();
        Header(response, "X-File-Hash").ShouldBe(Hash(content));
        Header(response, "X-File-Size").ShouldBe(content.Length.ToString(CultureInfo.InvariantCulture));
        Header(response, "X-Environment").ShouldNotBeEmpty();
        DateTimeOffset.Parse(Header(response, "X-Generated-At"), CultureInfo.InvariantCulture);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}_{kind}_notifications_{Header(response, "X-Environment")}.csv"));

        var lines = Encoding.UTF8.GetString(content).Split("\r\n")[..^1].Select(Fields).ToArray();
        Header(response, "X-Total-FileTransfer-Count").ShouldBe((lines.Length - 1).ToString(CultureInfo.InvariantCulture));
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal)).Where(row => row["CreatorName"] == _owner.Creator)];
    }

    private static string[] Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                fields[^1] += line[i++];
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                fields.Add("");
            else
                fields[^1] += line[i];
        }
        return [.. fields];
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private Uri Address(string path) => new(system.Local.ApiUrl, $"notifications/api/v1/{path}");

    private Task<HttpResponseMessage> Post(string path, string? form = null) => Send(HttpMethod.Post, path, form);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? form = null)
    {
        using var request = new HttpRequestMessage(method, Address(path)) { Content = form is null ? null : new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")) };
        request.Headers.Add("X-API-Key", "sandbox");
        return await Http.SendAsync(request);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "What clients expect.")]
    private static string Hash(byte[] content) => Convert.ToBase64String(MD5.HashData(content));
}
