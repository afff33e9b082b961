using System.Net.Http.Headers;
using System.Text;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notifications.Api.Reports;
using Notifications.Durability;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Reports;

/// <summary>The two webhooks as providers reach them; what they write is seen on the wire to the database.</summary>
public sealed class ReportWebhooks : IAsyncLifetime, IDisposable
{
    private readonly ScriptedPostgres _postgres = new(_ => []);
    private ServiceProvider _durability = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _durability = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new FixedClock())
            .AddSingleton(_postgres.Database)
            .AddDbContext<NotificationsDbContext>(options => options.UseNpgsql(_postgres.Database))
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.AddPostgresOutbox<NotificationsDbContext>();
                bus.UsingInMemory();
            })
            .BuildServiceProvider();

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new ReportSettings("secret", "link", "p:ss"));
        builder.Services.AddSingleton<TimeProvider>(new FixedClock());
        builder.Services.AddSingleton(_durability.GetRequiredService<IUnitOfWorkFactory>());
        builder.Services.AddSingleton<ReportIntake>();
        _app = builder.Build();
        _app.MapPostEmailReports();
        _app.MapPostSmsReports();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _durability.DisposeAsync();
        await _postgres.DisposeAsync();
        Dispose();
    }

    internal Task<HttpResponseMessage> PostEmail(string body, string? code = "secret") => PostEmail(Encoding.UTF8.GetBytes(body), code);

    internal Task<HttpResponseMessage> PostEmail(byte[] body, string? code = "secret") =>
        _http.PostAsync($"/reports/email?code={code}", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } });

    internal Task<HttpResponseMessage> PostSms(string body, string? credentials = "link:p:ss", string contentType = "text/xml; charset=utf-8") =>
        PostSms(Encoding.UTF8.GetBytes(body), credentials, contentType);

    internal async Task<HttpResponseMessage> PostSms(byte[] body, string? credentials = "link:p:ss", string contentType = "text/xml; charset=utf-8")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports/sms") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return await _http.SendAsync(request);
    }

    internal async Task<HttpResponseMessage> Send(HttpRequestMessage request) => await _http.SendAsync(request);

    /// <summary>The reports that were written since the last call.</summary>
    internal IReadOnlyList<WrittenReport> Written()
    {
        var written = new List<WrittenReport>();
        while (_postgres.Seen.TryDequeue(out var statement))
        {
            if (!statement.Sql.StartsWith("INSERT INTO delivery_reports", StringComparison.Ordinal))
                continue;
            var columns = Enumerable.Range(1, 5).Select(statement.Texts).ToArray();
            for (var i = 0; i < columns[0].Length; i++)
                written.Add(new WrittenReport(columns[0][i]!, columns[1][i]!, columns[2][i]!, columns[3][i]!, columns[4][i]));
        }
        return written;
    }
}

internal sealed record WrittenReport(string Provider, string Key, string Reference, string ProviderState, string? State);
