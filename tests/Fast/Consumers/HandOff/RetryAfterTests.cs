using System.Net;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

/// <summary>How long a provider wants to be left alone, however it says so.</summary>
public sealed class RetryAfterTests
{
    private static readonly SmsAccount Account = new(new Uri("https://gateway.example/"), "user", "password");

    public static TheoryData<string, HttpStatusCode, string?, int?> Answers()
    {
        var all = new TheoryData<string, HttpStatusCode, string?, int?>();
        foreach (var provider in new[] { Providers.Acs, Providers.Link, Providers.LinkCommon })
        {
            foreach (var status in new[] { HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable })
            {
                all.Add(provider, status, "37", 37);
                all.Add(provider, status, "Sat, 21 Nov 2026 08:02:00 GMT", 120);
                all.Add(provider, status, "86400", 3600);
                all.Add(provider, status, "Sun, 22 Nov 2026 08:00:00 GMT", 3600);
                all.Add(provider, status, "Sat, 21 Nov 2026 07:59:00 GMT", null);
                all.Add(provider, status, "0", null);
                all.Add(provider, status, "soon", null);
                all.Add(provider, status, null, null);
            }
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_provider_is_called_again_when_it_said(string provider, HttpStatusCode status, string? header, int? seconds)
    {
        using var http = new HttpClient(StubHandler.Answers(status, "", r => r.Headers.TryAddWithoutValidation("Retry-After", header)));

        var verdict = await Provider(provider, http).Send(Messages.Sms, CancellationToken.None);

        (verdict.State, verdict.RetryAfter).ShouldBe((NotificationState.New, seconds is { } told ? TimeSpan.FromSeconds(told) : null));
        (verdict.Pause == PauseCause.Throttled).ShouldBe(status == HttpStatusCode.TooManyRequests);
    }

    private static IMessageProvider Provider(string name, HttpClient http) => name switch
    {
        Providers.Acs => new AcsEmail(http, AcsConnection.Parse("endpoint=https://contoso.example/;accesskey=AAECAw=="), new EmailSettings(), new FixedClock()),
        Providers.Link => new PswinGateway(http, Account, new SmsSettings(), new FixedClock()),
        _ => new CommonGateway(http, Account, new SmsSettings { Partner = "us", ReportGate = "gate" }, new FixedClock()),
    };
}
