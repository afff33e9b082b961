using System.Text.Json;
using Notifications.Api.Apps;
using Notifications.Api.Wire;
using Notifications.Consumers.Apps;

namespace Notifications.Tests.Fast.Api.Apps;

internal static class RuleBodies
{
    public const string InstanceId = "501337/0a1b2c3d-0000-4000-8000-000000000001";
    public static readonly DateTimeOffset Entered = new(2026, 11, 21, 11, 5, 0, TimeSpan.Zero);

    public const string Signing =
        """
        {"app":"ttd/app-name","on":{"event":"app.instance.process.movedTo","task":"Task_2"},
         "order":{"channelSchema":"EmailPreferred","sendAfter":"PT2H","resourceAction":"sign","ignoreReservation":true,"conditionOnError":"Skip","fallbackAfter":"PT4H",
           "emailSettings":{"contentType":"Html"},"smsSettings":{"sender":"Ttd","sendingTimePolicy":"Anytime"},
           "reminders":[{"delayDays":7},{"delayDays":14,"texts":{"en":{"emailSubject":"Last call","emailBody":"b","smsBody":"b"}},"condition":{"predicate":"StuckInTask","task":"Task_2","olderThan":"P14D"}}]},
         "texts":{"nb":{"emailSubject":"På bokmål","emailBody":"b","smsBody":"s"},"en":{"emailSubject":"In English","emailBody":"b","smsBody":"s"}},
         "condition":{"predicate":"Unread"},"stopOn":["app.instance.process.completed"]}
        """;

    public static RuleRequest Rule(string body) => JsonSerializer.Deserialize<RuleRequest>(body, WireJson.Options)!;

    public static Instance Instance(string members) => JsonSerializer.Deserialize<Instance>($$"""{"appId":"ttd/app-name",{{members}}}""", JsonSerializerOptions.Web)!;

    public static string In(string task) => $$""" "process":{ "started":"2026-11-21T11:00:00Z", "currentTask":{ "started":"2026-11-21T11:05:00Z", "elementId":"{{task}}" } } """;

    public const string Ended = """ "process":{"ended":"2026-11-21T12:00:00Z"} """;
}
