namespace Notifications.Api.Orders;

/// <summary>The orders that the OpenAPI document shows.</summary>
internal static class OrderExamples
{
    public const string Email =
        """
        {
          "idempotencyId": "case-1001-received",
          "sendersReference": "case-1001",
          "recipient": { "recipientEmail": {
            "emailAddress": "ola@example.no",
            "emailSettings": { "subject": "We have received your case", "body": "<p>You need not do anything.</p>", "contentType": "Html" } } }
        }
        """;

    public const string Sms =
        """
        {
          "idempotencyId": "case-1002-hearing",
          "requestedSendTime": "2099-01-04T09:00:00+01:00",
          "recipient": { "recipientSms": {
            "phoneNumber": "+4799999999",
            "smsSettings": { "body": "Your hearing is in two weeks.", "sendingTimePolicy": "Daytime" } } },
          "reminders": [ {
            "delayDays": 7,
            "recipient": { "recipientSms": {
              "phoneNumber": "+4799999999",
              "smsSettings": { "body": "Your hearing is in one week.", "sendingTimePolicy": "Daytime" } } } } ]
        }
        """;

    public const string Person =
        """
        {
          "idempotencyId": "case-1003-decision",
          "recipient": { "recipientPerson": {
            "nationalIdentityNumber": "16069412345",
            "channelSchema": "EmailPreferred",
            "resourceId": "urn:altinn:resource:case-decision",
            "emailSettings": { "subject": "A decision for $recipientName$", "body": "Log in to read it." },
            "smsSettings": { "body": "You have a decision to read.", "sendingTimePolicy": "Anytime" } } }
        }
        """;

    public const string Organization =
        """
        {
          "idempotencyId": "case-1004-report",
          "recipient": { "recipientOrganization": {
            "orgNumber": "991825827",
            "channelSchema": "Email",
            "emailSettings": { "subject": "A report is due", "body": "$recipientName$ ($recipientNumber$) has a report to hand in." } } }
        }
        """;

    public const string Plan =
        """
        {
          "idempotencyId": "case-1005-form",
          "recipient": { "recipientPerson": {
            "nationalIdentityNumber": "16069412345",
            "channelSchema": "EmailPreferred",
            "emailSettings": { "subject": "A form to fill in", "body": "Log in to fill it in." },
            "smsSettings": { "body": "You have a form to fill in.", "sendingTimePolicy": "Daytime" } } },
          "fallbackAfter": "PT6H",
          "reminderPlan": {
            "every": "P7D", "max": 3, "until": "2099-12-31T23:59:00+01:00",
            "conditionEndpoint": "https://forms.example.no/1005/is-open", "conditionOnError": "Skip" }
        }
        """;

    public const string Batch = $"[{Email}, {Person}]";
}
