namespace Notifications.Api.Apps;

/// <summary>The rules that the OpenAPI document shows.</summary>
internal static class RuleExamples
{
    public const string Signing =
        """
        {
          "app": "ttd/app-name",
          "on": { "event": "app.instance.process.movedTo", "task": "Task_2" },
          "recipient": "instanceOwner",
          "order": {
            "channelSchema": "EmailPreferred",
            "smsSettings": { "sendingTimePolicy": "Daytime" },
            "reminders": [ { "delayDays": 7 }, { "delayDays": 14 } ] },
          "texts": {
            "nb": { "emailSubject": "Et skjema venter på signatur", "emailBody": "Logg inn i Altinn for å signere.", "smsBody": "Et skjema venter på signaturen din i Altinn." },
            "nn": { "emailSubject": "Eit skjema ventar på signatur", "emailBody": "Logg inn i Altinn for å signere.", "smsBody": "Eit skjema ventar på signaturen din i Altinn." },
            "en": { "emailSubject": "A form is waiting to be signed", "emailBody": "Log in to Altinn to sign it.", "smsBody": "A form is waiting for your signature in Altinn." } },
          "stopOn": [ "app.instance.process.completed" ]
        }
        """;
}
