using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Answers;
using Notifications.Sandbox.Apps;
using Notifications.Sandbox.Authorization;
using Notifications.Sandbox.Blobs;
using Notifications.Sandbox.Clock;
using Notifications.Sandbox.Conditions;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Home;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Link;
using Notifications.Sandbox.Profile;
using Notifications.Sandbox.Register;
using Notifications.Sandbox.Registry;
using Notifications.Sandbox.ResourceRegistry;
using Notifications.Sandbox.Smtp;
using Notifications.Sandbox.Tokens;
using Notifications.Sandbox.Webhooks;

namespace Notifications.Sandbox;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        await using var app = Build(args);
        if (Urls(app.Configuration).FirstOrDefault(url => !IsLoopback(url)) is { } open)
        {
            await Console.Error.WriteLineAsync($"The sandbox has no authentication and listens on loopback only, not on {open}.");
            return 1;
        }

        app.Services.GetRequiredService<JournalReplay>().Run();
        await app.StartAsync();
        await app.Services.GetRequiredService<AcsWarmUp>().Run(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync();
        return 0;
    }

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var urls = Urls(builder.Configuration);
        builder.WebHost.UseUrls(urls);

        var settings = builder.Configuration.GetSection("Sandbox").Get<SandboxSettings>() ?? new SandboxSettings();
        builder.Services.AddSandbox(settings, new SandboxAddress(settings.Address ?? urls[0]));

        var app = builder.Build();
        app.UseOperationLocation();
        app.UseRouting();
        app.UseMiddleware<FaultInjection>();
        app.MapHome();
        app.MapAltinnTokens();
        app.MapPlatformTokens();
        app.MapMaskinporten();
        SendEmail.Map(app);
        GetOperation.Map(app);
        app.MapPublishedLimits();
        app.MapScripts();
        SendSms.Map(app);
        SendCommonSms.Map(app);
        app.MapAuthorization();
        app.MapProfile();
        app.MapRegister();
        app.MapResourceRegistry();
        app.MapRegistry();
        app.MapApps();
        app.MapStorage();
        app.MapEvents();
        app.MapBlobs();
        app.MapInbox();
        app.MapConditions();
        app.MapWebhooks();
        app.MapFaults();
        app.MapClock();
        return app;
    }

    private static void AddSandbox(this IServiceCollection services, SandboxSettings settings, SandboxAddress address)
    {
        if (settings.Data is not null)
            Directory.CreateDirectory(settings.Data);

        // Held polls and hanging calls have no end of their own.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        services.AddSingleton(settings).AddSingleton(address);
        services.AddSingleton(new SandboxTime(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxTime>());
        services.AddSingleton(provider => new SandboxClock(provider.GetRequiredService<SandboxTime>(), TimeProvider.System, settings.Data));
        services.AddSingleton(new SigningKeys(settings.Data)).AddSingleton<TokenIssuer>().AddSingleton<UsedAssertions>();
        services.AddSingleton<PeopleAndOrganizations>().AddSingleton<AppInstances>().AddSingleton<Subscriptions>().AddSingleton<EventDelivery>().AddSingleton<ScriptedConditions>().AddSingleton<WebhookReceivers>().AddSingleton<FaultBoard>().AddSingleton<MessageInbox>();
        services.AddSingleton(new HttpClient { Timeout = TimeSpan.FromSeconds(30) });
        services.AddSingleton(provider => new AcsSignature(settings.AcsAccessKey, provider.GetRequiredService<SandboxTime>()));
        services.AddSingleton<EmailOperations>().AddSingleton<Mailboxes>().AddSingleton<PublishedLimits>().AddSingleton<Scripts>().AddSingleton<SendEmail>().AddSingleton<AcsWarmUp>();
        services.AddSingleton<SmsIntake>().AddSingleton<SendSms>().AddSingleton<SendCommonSms>();
        services.AddSingleton<BlobFiles>().AddSingleton(new BlobSignature(settings.BlobKey));
        services.AddSingleton(new SandboxJournal(settings.Data)).AddHostedService(provider => provider.GetRequiredService<SandboxJournal>());
        services.AddSingleton<JournalReplay>();
        services.AddSingleton<EmailReports>().AddHostedService(provider => provider.GetRequiredService<EmailReports>());
        services.AddSingleton<SmtpReports>().AddHostedService(provider => provider.GetRequiredService<SmtpReports>()).AddHostedService<SmtpSink>();
        services.AddSingleton<SmsReports>().AddHostedService(provider => provider.GetRequiredService<SmsReports>());
    }

    private static string[] Urls(IConfiguration configuration) => (configuration["urls"] ?? "http://localhost:5095").Split(';');

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback;
}
