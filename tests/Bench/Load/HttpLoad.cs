using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Tests.Bench.Load;

/// <summary>Sends requests with as little work on our side as there can be: the cores are shared with what is measured.</summary>
internal sealed class HttpLoad : IDisposable
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
    private readonly string _creator;
    private readonly Uri _orders;
    private readonly Uri _v1Emails;
    private readonly Uri _reports;
    private readonly Uri _sandbox;
    private AuthenticationHeaderValue? _token;

    public HttpLoad(Uri api, Uri sandbox, string creator = "ttd")
    {
        _creator = creator;
        _v1Emails = new Uri(api, "notifications/api/v1/orders/email");
        _orders = new Uri(api, "notifications/api/v1/future/orders");
        _reports = new Uri(api, "notifications/api/v1/reports/email?code=sandbox");
        _sandbox = sandbox;
    }

    /// <summary>Gets a token that is valid by the sandbox's clock as it stands now.</summary>
    public async Task RenewToken(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_sandbox, $"token?org={_creator}"));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        _token = new AuthenticationHeaderValue("Bearer", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Posts one order and returns whether it was accepted.</summary>
    public async Task<bool> Order(byte[] body, CancellationToken cancellationToken)
    {
        using var response = await Post(_orders, body, _token, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return (int)response.StatusCode == 201;
    }

    /// <summary>Posts one order and returns the id of its main shipment.</summary>
    public async Task<Guid> OrderAndRead(byte[] body, CancellationToken cancellationToken)
    {
        using var response = await Post(_orders, body, _token, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"An order was answered {(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("notification").GetProperty("shipmentId").GetGuid();
    }

    /// <summary>Posts one order of the first version to many e-mail addresses and returns its id.</summary>
    public async Task<Guid> OrderToMany(byte[] body, CancellationToken cancellationToken)
    {
        using var response = await Post(_v1Emails, body, _token, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"An order was answered {(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("orderId").GetGuid();
    }

    public async Task<bool> Reports(byte[] body, CancellationToken cancellationToken)
    {
        using var response = await Post(_reports, body, token: null, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    public async Task PutPerson(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_sandbox, $"registry/persons/{OrderBodies.Person}"))
        {
            Content = JsonContent.Create(new { name = "Gry Telokk", email = "gry.telokk@example.com", mobile = "+4799999999" }),
        };
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task AdvanceClock(TimeSpan by, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_sandbox, "clock/advance")) { Content = JsonContent.Create(new { seconds = by.TotalSeconds }) };
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<DateTimeOffset> Clock(CancellationToken cancellationToken) =>
        (await Get("clock", cancellationToken)).GetProperty("now").GetDateTimeOffset();

    /// <summary>When the provider took the one message to this address.</summary>
    public async Task<DateTimeOffset> AcceptedAt(string address, CancellationToken cancellationToken) =>
        (await Get($"inbox/messages?to={Uri.EscapeDataString(address)}", cancellationToken))[0].GetProperty("acceptedAt").GetDateTimeOffset();

    public async Task EmptyInbox(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(_sandbox, "inbox/messages"));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> Get(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_sandbox, path));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private Task<HttpResponseMessage> Post(Uri address, byte[] body, AuthenticationHeaderValue? token, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = JsonType } } };
        request.Headers.Authorization = token;
        return _http.SendAsync(request, cancellationToken);
    }
}
