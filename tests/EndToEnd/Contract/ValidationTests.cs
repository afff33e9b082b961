using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Contract;

/// <summary>The validation tables of the API's contract, row by row: what is wrong, and the key under which clients are told.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ValidationTests(SharedSystem system)
{
    private const string Person = "Recipient.RecipientPerson";
    private const string Organization = "Recipient.RecipientOrganization";
    private const string Attachment = "Recipient.Settings.Attachments[0]";
    private const string EarlierSms = "InstantNotificationRecipient.ShortMessageDeliveryDetails";
    private const string Sas = "https://contract.blob.core.windows.net/a/a.pdf";

    private readonly ContractClient _client = new(system.Local.ApiUrl);
    private readonly string _owner = system.NewOwner().Creator;

    /// <summary>Section 2.1, orders of the first version.</summary>
    public static TheoryData<string, string, string> FirstVersion() => new()
    {
        { "v1 email", """{"requestedSendTime":"2050-01-01T10:00:00"}""", "RequestedSendTime" },
        { "v1 email", """{"requestedSendTime":"2020-01-01T10:00:00Z"}""", "RequestedSendTime" },
        { "v1 sms", """{"requestedSendTime":"2020-01-01T10:00:00Z"}""", "RequestedSendTime" },
        { "v1 email", """{"conditionEndpoint":"/condition"}""", "ConditionEndpoint" },
        { "v1 sms", """{"conditionEndpoint":"ftp://condition.example.no"}""", "ConditionEndpoint" },
        { "v1 email", """{"resourceAction":"read"}""", "ResourceAction" },
        { "v1 any", """{"resourceId":"a-resource","resourceAction":" "}""", "ResourceAction" },
        { "v1 email", """{"recipients":[]}""", "Recipients" },
        { "v1 sms", """{"recipients":[]}""", "Recipients" },
        { "v1 any", """{"recipients":[]}""", "Recipients" },
        { "v1 email", """{"recipients":null}""", "Recipients" },
        { "v1 email", """{"recipients":[null]}""", "Recipients[0]" },
        { "v1 email", """{"recipients":[{"mobileNumber":"+4799999999"}]}""", "Recipients[0]" },
        { "v1 sms", """{"recipients":[{"emailAddress":"contract@example.no"}]}""", "Recipients[0]" },
        { "v1 any", """{"recipients":[{}]}""", "Recipients[0]" },
        { "v1 any", """{"notificationChannel":"EmailAndSms","recipients":[]}""", "Recipients" },
        { "v1 email", """{"recipients":[{"emailAddress":"contract@example.no"},{"emailAddress":"nobody"}]}""", "Recipients[1].EmailAddress" },
        { "v1 any", """{"recipients":[{"emailAddress":"nobody"}]}""", "Recipients[0].EmailAddress" },
        { "v1 sms", """{"recipients":[{"mobileNumber":"+4722222222"}]}""", "Recipients[0].MobileNumber" },
        { "v1 any", """{"recipients":[{"mobileNumber":"99999999"}]}""", "Recipients[0].MobileNumber" },
        { "v1 sms", """{"recipients":[{"nationalIdentityNumber":"123"}]}""", "Recipients[0].NationalIdentityNumber" },
        { "v1 email", """{"recipients":[{"organizationNumber":"12345678"}]}""", "Recipients[0].OrganizationNumber" },
        { "v1 email", """{"recipients":[{"nationalIdentityNumber":"16069412345","emailAddress":"contract@example.no"}]}""", "Recipients[0]" },
        { "v1 any", """{"recipients":[{"nationalIdentityNumber":"16069412345","mobileNumber":"+4799999999"}]}""", "Recipients[0]" },
        { "v1 any", """{"recipients":[{"nationalIdentityNumber":"16069412345","organizationNumber":"991825827"}]}""", "Recipients[0]" },
        { "v1 any", """{"recipients":[{"organizationNumber":"991825827","emailAddress":"contract@example.no"}]}""", "Recipients[0]" },
        { "v1 any", """{"recipients":[{"organizationNumber":"991825827","mobileNumber":"+4799999999"}]}""", "Recipients[0]" },
        { "v1 email", """{"subject":""}""", "Subject" },
        { "v1 email", """{"subject":"<absent>"}""", "Subject" },
        { "v1 email", """{"body":null}""", "Body" },
        { "v1 sms", """{"body":" "}""", "Body" },
        { "v1 sms", """{"body":"<absent>"}""", "Body" },
        { "v1 any", """{"notificationChannel":null}""", "NotificationChannel" },
        { "v1 any", """{"notificationChannel":9}""", "NotificationChannel" },
        { "v1 any", """{"notificationChannel":"Email","emailTemplate":null}""", "EmailTemplate" },
        { "v1 any", """{"notificationChannel":"EmailPreferred","emailTemplate":null}""", "EmailTemplate" },
        { "v1 any", """{"notificationChannel":"SmsPreferred","emailTemplate":null}""", "EmailTemplate" },
        { "v1 any", """{"emailTemplate":{"subject":""}}""", "EmailTemplate.Subject" },
        { "v1 any", """{"emailTemplate":{"body":""}}""", "EmailTemplate.Body" },
        { "v1 any", """{"notificationChannel":"Sms","emailTemplate":{"body":""},"recipients":[{"mobileNumber":"+4799999999"}]}""", "EmailTemplate.Body" },
        { "v1 any", """{"notificationChannel":"Sms","smsTemplate":null,"recipients":[{"mobileNumber":"+4799999999"}]}""", "SmsTemplate" },
        { "v1 any", """{"notificationChannel":"SmsPreferred","smsTemplate":null}""", "SmsTemplate" },
        { "v1 any", """{"notificationChannel":"EmailPreferred","smsTemplate":null}""", "SmsTemplate" },
        { "v1 any", """{"notificationChannel":"EmailAndSms","smsTemplate":null}""", "SmsTemplate" },
        { "v1 any", """{"smsTemplate":{"body":""}}""", "SmsTemplate.Body" },
        { "v1 sms", """{"recipients":"ola"}""", "$.recipients" },
        { "v1 any", """{"notificationChannel":"Pigeon"}""", "$.notificationChannel" },
        { "v1 email", """{"subject":5}""", "$.subject" },
    };

    /// <summary>Section 2.2, orders with reminders.</summary>
    public static TheoryData<string, string, string> Future() => new()
    {
        { "email", """{"idempotencyId":""}""", "IdempotencyId" },
        { "email", """{"idempotencyId":"<absent>"}""", "$" },
        { "email", """{"requestedSendTime":"2050-01-01T10:00:00"}""", "RequestedSendTime" },
        { "email", """{"requestedSendTime":"2020-01-01T10:00:00Z"}""", "RequestedSendTime" },
        { "email", """{"conditionEndpoint":"/condition"}""", "ConditionEndpoint" },
        { "email", """{"conditionEndpoint":"ftp://condition.example.no"}""", "ConditionEndpoint" },
        { "email", """{"recipient":null}""", "Recipient" },
        { "email", """{"recipient":"<absent>"}""", "$" },
        { "email", """{"recipient":{"recipientEmail":"<absent>"}}""", "Recipient" },
        { "email", """{"recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"b"}}}}""", "Recipient" },
        { "email", """{"recipient":{"recipientEmail":{"emailAddress":"nobody"}}}""", "Recipient.RecipientEmail.EmailAddress" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":null}}}""", "Recipient.RecipientEmail.Settings" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":"<absent>"}}}""", "$.recipient.recipientEmail" },
        { "sms", """{"recipient":{"recipientSms":{"phoneNumber":""}}}""", "Recipient.RecipientSms.PhoneNumber" },
        { "sms", """{"recipient":{"recipientSms":{"phoneNumber":"99999999"}}}""", "Recipient.RecipientSms.PhoneNumber" },
        { "sms", """{"recipient":{"recipientSms":{"phoneNumber":"+4722334455"}}}""", "Recipient.RecipientSms.PhoneNumber" },
        { "person", """{"recipient":{"recipientPerson":{"nationalIdentityNumber":""}}}""", $"{Person}.NationalIdentityNumber" },
        { "person", """{"recipient":{"recipientPerson":{"nationalIdentityNumber":"123"}}}""", $"{Person}.NationalIdentityNumber" },
        { "organization", """{"recipient":{"recipientOrganization":{"orgNumber":""}}}""", $"{Organization}.OrgNumber" },
        { "organization", """{"recipient":{"recipientOrganization":{"orgNumber":"12345678"}}}""", $"{Organization}.OrgNumber" },
        { "external identity", """{"recipient":{"recipientExternalIdentity":{"externalIdentity":""}}}""", "Recipient.RecipientExternalIdentity.ExternalIdentity" },
        { "person", """{"recipient":{"recipientPerson":{"channelSchema":9}}}""", $"{Person}.ChannelSchema" },
        { "person", """{"recipient":{"recipientPerson":{"channelSchema":"Pigeon"}}}""", "$.recipient.recipientPerson.channelSchema" },
        { "person", """{"recipient":{"recipientPerson":{"channelSchema":"<absent>"}}}""", "$.recipient.recipientPerson" },
        { "person", """{"recipient":{"recipientPerson":{"emailSettings":null}}}""", $"{Person}.EmailSettings" },
        { "person", """{"recipient":{"recipientPerson":{"smsSettings":null}}}""", $"{Person}.SmsSettings" },
        { "organization", """{"recipient":{"recipientOrganization":{"channelSchema":"EmailPreferred","smsSettings":null}}}""", $"{Organization}.SmsSettings" },
        { "organization", """{"recipient":{"recipientOrganization":{"channelSchema":"SmsPreferred","emailSettings":null}}}""", $"{Organization}.EmailSettings" },
        { "person", """{"recipient":{"recipientPerson":{"channelSchema":"Sms","smsSettings":null}}}""", $"{Person}.SmsSettings" },
        { "external identity", """{"recipient":{"recipientExternalIdentity":{"emailSettings":null}}}""", "Recipient.RecipientExternalIdentity.EmailSettings" },
        { "person", """{"recipient":{"recipientPerson":{"channelSchema":"Email","smsSettings":{"body":""}}}}""", $"{Person}.SmsSettings.Body" },
        { "person", """{"recipient":{"recipientPerson":{"resourceId":"a-resource"}}}""", $"{Person}.ResourceId" },
        { "person", """{"recipient":{"recipientPerson":{"resourceId":"urn:altinn:resource:"}}}""", $"{Person}.ResourceId" },
        { "organization", """{"recipient":{"recipientOrganization":{"resourceId":"URN:altinn:resource:a"}}}""", $"{Organization}.ResourceId" },
        { "person", """{"recipient":{"recipientPerson":{"resourceAction":"read"}}}""", $"{Person}.ResourceAction" },
        { "person", """{"recipient":{"recipientPerson":{"resourceId":"urn:altinn:resource:a","resourceAction":" "}}}""", $"{Person}.ResourceAction" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":{"senderEmailAddress":"etat"}}}}""", "Recipient.RecipientEmail.Settings.SenderEmailAddress" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":{"subject":""}}}}""", "Recipient.RecipientEmail.Settings.Subject" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":{"body":""}}}}""", "Recipient.RecipientEmail.Settings.Body" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":{"sendingTimePolicy":"Daytime"}}}}""", "Recipient.RecipientEmail.Settings.SendingTimePolicy" },
        { "email", """{"recipient":{"recipientEmail":{"emailSettings":{"contentType":9}}}}""", "Recipient.RecipientEmail.Settings.ContentType" },
        { "person", """{"recipient":{"recipientPerson":{"emailSettings":{"subject":""}}}}""", $"{Person}.EmailSettings.Subject" },
        { "sms", """{"recipient":{"recipientSms":{"smsSettings":{"body":""}}}}""", "Recipient.RecipientSms.Settings.Body" },
        { "sms", """{"recipient":{"recipientSms":{"smsSettings":{"body":null}}}}""", "Recipient.RecipientSms.Settings.Body" },
        { "sms", """{"recipient":{"recipientSms":{"smsSettings":{"sendingTimePolicy":9}}}}""", "Recipient.RecipientSms.Settings.SendingTimePolicy" },
        { "email", $$$"""{"reminders":[{"recipient":{{{Reminded}}} }]}""", "Reminders[0]" },
        { "email", $$$"""{"reminders":[{"delayDays":1,"requestedSendTime":"2099-02-01T00:00:00Z","recipient":{{{Reminded}}} }]}""", "Reminders[0]" },
        { "email", $$$"""{"reminders":[{"delayDays":0,"recipient":{{{Reminded}}} }]}""", "Reminders[0].DelayDays" },
        { "email", $$$"""{"reminders":[{"delayDays":2147483647,"recipient":{{{Reminded}}} }]}""", "Reminders[0].DelayDays" },
        { "email", $$$"""{"reminders":[{"requestedSendTime":"2099-02-01T00:00:00","recipient":{{{Reminded}}} }]}""", "Reminders[0].RequestedSendTime" },
        { "email", $$$"""{"reminders":[{"requestedSendTime":"2020-02-01T00:00:00Z","recipient":{{{Reminded}}} }]}""", "Reminders[0].RequestedSendTime" },
        { "email", """{"reminders":[{"delayDays":1,"recipient":{"recipientEmail":{"emailAddress":"nobody","emailSettings":{"subject":"s","body":"b"}}}}]}""", "Reminders[0].Recipient.RecipientEmail.EmailAddress" },
        { "email", """{"reminders":[{"delayDays":1,"recipient":{}}]}""", "Reminders[0].Recipient" },
        { "email", """{"reminders":[null]}""", "Reminders[0]" },
    };

    /// <summary>Section 2.2, e-mail with attachments.</summary>
    public static TheoryData<string, string, string> Composed() => new()
    {
        { "composed", """{"idempotencyId":""}""", "IdempotencyId" },
        { "composed", """{"requestedSendTime":"2050-01-01T10:00:00"}""", "RequestedSendTime" },
        { "composed", """{"requestedSendTime":"2020-01-01T10:00:00Z"}""", "RequestedSendTime" },
        { "composed", """{"conditionEndpoint":"/condition"}""", "ConditionEndpoint" },
        { "composed", """{"recipient":null}""", "Recipient" },
        { "composed", """{"recipient":{"emailAddress":"nobody"}}""", "Recipient.EmailAddress" },
        { "composed", """{"recipient":{"emailSettings":null}}""", "Recipient.Settings" },
        { "composed", """{"recipient":{"emailSettings":{"subject":""}}}""", "Recipient.Settings.Subject" },
        { "composed", """{"recipient":{"emailSettings":{"body":""}}}""", "Recipient.Settings.Body" },
        { "composed", """{"recipient":{"emailSettings":{"sendingTimePolicy":"Daytime"}}}""", "Recipient.Settings.SendingTimePolicy" },
        { "composed", """{"recipient":{"emailSettings":{"senderEmailAddress":"etat"}}}""", "Recipient.Settings.SenderEmailAddress" },
        { "composed", """{"recipient":{"emailSettings":{"attachments":[null]}}}""", Attachment },
        { "composed", File("", "application/pdf", $"{Sas}?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.Filename" },
        { "composed", File("a/b.pdf", "application/pdf", $"{Sas}?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.Filename" },
        { "composed", File("letter", "application/pdf", $"{Sas}?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.Filename" },
        { "composed", File("a.pdf", "", $"{Sas}?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.MimeType" },
        { "composed", File("a.exe", "application/x-msdownload", $"{Sas}?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.MimeType" },
        { "composed", """{"recipient":{"emailSettings":{"attachments":[{"filename":"a.pdf","mimeType":"application/pdf","sasUrl":null}]}}}""", $"{Attachment}.SasUrl" },
        { "composed", """{"recipient":{"emailSettings":{"attachments":[{"filename":"a.pdf","mimeType":"application/pdf"}]}}}""", "$.recipient.emailSettings.attachments[0]" },
        { "composed", File("a.pdf", "application/pdf", Sas.Replace("https", "http", StringComparison.Ordinal) + "?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.SasUrl" },
        { "composed", File("a.pdf", "application/pdf", "https://example.no/a.pdf?se=2099-01-01&sp=r&sr=b&sig=x"), $"{Attachment}.SasUrl" },
        { "composed", File("a.pdf", "application/pdf", $"{Sas}?se=2099-01-01&sp=r&sig=x"), $"{Attachment}.SasUrl" },
        { "composed", File("a.pdf", "application/pdf", $"{Sas}?se=soon&sp=r&sr=b&sig=x"), $"{Attachment}.SasUrl" },
        { "composed", File("a.pdf", "application/pdf", $"{Sas}?se=2099-01-01&sp=w&sr=b&sig=x"), $"{Attachment}.SasUrl" },
        { "composed", File("a.pdf", "application/pdf", $"{Sas}?se=2020-01-01&sp=r&sr=b&sig=x"), Attachment },
    };

    /// <summary>Section 2.4.</summary>
    public static TheoryData<string, string, string> Instant() => new()
    {
        { "instant sms", """{"recipientSms":{"phoneNumber":"99999999"}}""", "RecipientSms.PhoneNumber" },
        { "instant sms", """{"recipientSms":{"timeToLiveInSeconds":59}}""", "RecipientSms.TimeToLiveInSeconds" },
        { "instant sms", """{"recipientSms":{"timeToLiveInSeconds":172801}}""", "RecipientSms.TimeToLiveInSeconds" },
        { "instant sms", """{"recipientSms":{"timeToLiveInSeconds":"<absent>"}}""", "$.recipientSms" },
        { "instant sms", """{"recipientSms":{"smsSettings":{"body":" "}}}""", "RecipientSms.ShortMessageContent.Body" },
        { "instant sms", """{"idempotencyId":""}""", "IdempotencyId" },
        { "instant sms", """{"recipientSms":null}""", "RecipientSms" },
        { "instant", """{"recipient":{"recipientSms":{"phoneNumber":"99999999"}}}""", $"{EarlierSms}.PhoneNumber" },
        { "instant", """{"recipient":{"recipientSms":{"timeToLiveInSeconds":59}}}""", $"{EarlierSms}.TimeToLiveInSeconds" },
        { "instant", """{"recipient":{"recipientSms":{"smsSettings":{"body":""}}}}""", $"{EarlierSms}.ShortMessageContent.Body" },
        { "instant", """{"recipient":null}""", "InstantNotificationRecipient" },
        { "instant email", """{"idempotencyId":""}""", "IdempotencyId" },
        { "instant email", """{"recipientEmail":null}""", "InstantEmailDetails" },
        { "instant email", """{"recipientEmail":{"emailAddress":"nobody"}}""", "InstantEmailDetails.EmailAddress" },
        { "instant email", """{"recipientEmail":{"emailSettings":null}}""", "InstantEmailDetails.EmailSettings" },
        { "instant email", """{"recipientEmail":{"emailSettings":{"senderEmailAddress":"etat"}}}""", "InstantEmailDetails.EmailSettings.SenderEmailAddress" },
        { "instant email", """{"recipientEmail":{"emailSettings":{"subject":""}}}""", "InstantEmailDetails.EmailSettings.Subject" },
        { "instant email", """{"recipientEmail":{"emailSettings":{"body":""}}}""", "InstantEmailDetails.EmailSettings.Body" },
        { "instant email", """{"recipientEmail":{"emailSettings":{"contentType":9}}}""", "InstantEmailDetails.EmailSettings.ContentType" },
    };

    /// <summary>Section 2.3: what an address, a number and a name may look like.</summary>
    public static TheoryData<string, string, bool> Formats()
    {
        var formats = new TheoryData<string, string, bool>();
        foreach (var email in (string[])["æge_sjøåsen@domain.com", "stephanie@kul.no", "bakken_kundeservice@sykkelverksted.com", "john.doe@sub.domain.example", "gratis-netflix+1@gmail.com"])
            formats.Add("email", email, true);
        foreach (var email in (string[])[".user@example.com", "", "userexample.com", "user@", "@example.com", "user@example..com", "user@exa!mple.com", "user.@example.com", "one@example.com;two@example.com"])
            formats.Add("email", email, false);
        foreach (var number in (string[])["+4740000001", "004740000000", "+4790000000", "004790000002", "+233242426224", "+47 99 99 99 99", "+47 99999999 "])
            formats.Add("sms", number, true);
        foreach (var number in (string[])["40000001", "90000000", "+4750000004", "+47900000001", "+14790000000", "", "   ", "++4740000000", " +4799999999"])
            formats.Add("sms", number, false);
        foreach (var urn in (string[])["urn:altinn:person:idporten-email:contract@example.no", "urn:altinn:party:username:contract", "urn:altinn:username:contract", "urn:altinn:person:legacy-selfidentified:contract"])
            formats.Add("external identity", urn, true);
        foreach (var urn in (string[])["invalid-urn-format", "urn:altinn:person:idporten-email:", "urn:altinn:party:username: ", "urn:altinn:person:idporten-email:user@", "urn:altinn:person:idporten-email:user@example", "urn:altinn:person:wrongprefix:contract"])
            formats.Add("external identity", urn, false);
        return formats;
    }

    /// <summary>Section 2.5.</summary>
    public static TheoryData<string, string?, string, string> Dashboard() => new()
    {
        { "nin", null, "", "NationalIdentityNumber" },
        { "nin", "", "", "NationalIdentityNumber" },
        { "nin", "123", "", "NationalIdentityNumber" },
        { "orgnumber", null, "", "OrganizationNumber" },
        { "orgnumber", "12345678901", "", "OrganizationNumber" },
        { "orgnumber", "991825827", "?from=2026-01-01", "From" },
        { "orgnumber", "991825827", "?from=2026-01-01T00:00:00", "From" },
        { "orgnumber", "991825827", "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "From" },
        { "orgnumber", "991825827", "?from=2999-01-01T00:00:00Z", "From" },
        { "orgnumber", "991825827", "?from=2000-01-01T00:00:00Z", "From" },
        { "orgnumber", "991825827", "?to=2026-01-01", "To" },
        { "orgnumber", "991825827", "?to=2999-01-01T00:00:00Z", "To" },
        { "orgnumber", "991825827", "?to=2020-01-01T00:00:00Z", "To" },
    };

    /// <summary>What the table does not forbid and no gateway takes.</summary>
    public static TheoryData<string, string, string> TooLong()
    {
        var text = new string('x', 2145);
        return new()
        {
            { "email", "{\"dialogportenAssociation\":{\"dialogId\":\"" + text + "\"}}", "DialogportenAssociation.DialogId" },
            { "composed", "{\"dialogportenAssociation\":{\"transmissionId\":\"" + text + "\"}}", "DialogportenAssociation.TransmissionId" },
            { "v1 sms", "{\"body\":\"" + text + "\"}", "Body" },
            { "sms", "{\"recipient\":{\"recipientSms\":{\"smsSettings\":{\"body\":\"" + text + "\"}}}}", "Recipient.RecipientSms.Settings.Body" },
        };
    }

    [Theory]
    [MemberData(nameof(FirstVersion))]
    [MemberData(nameof(TooLong))]
    [MemberData(nameof(Future))]
    [MemberData(nameof(Composed))]
    [MemberData(nameof(Instant))]
    public async Task What_is_wrong_is_named_by_its_key_and_its_pointer(string body, string change, string key)
    {
        var endpoint = Bodies.All[body];
        var answer = await _client.Call(HttpMethod.Post, endpoint.Path, await Token(), endpoint.Valid.Fresh().With(change));

        answer.Status.ShouldBe(400, answer.Text);
        answer.ContentType.ShouldBe("application/json; charset=utf-8");
        answer.Body.GetProperty("type").GetString().ShouldBe("https://tools.ietf.org/html/rfc9110#section-15.5.1");
        answer.Body.GetProperty("title").GetString().ShouldBe("One or more validation errors occurred.");
        answer.Body.TryGetProperty("code", out _).ShouldBeFalse();
        // Whatever cannot even be read is told under the name of the whole body too.
        answer.Errors.ShouldBe(key.StartsWith('$') ? [key, endpoint.Parameter] : [key]);
        answer.Body.GetProperty("errors").GetProperty(key)[0].GetString().ShouldNotBeNullOrWhiteSpace();
        answer.Body.GetProperty("pointers").GetProperty(key).GetString()!.ShouldBe(key is "$" ? "" : Pointer(key));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Address_is_taken_or_refused_by_its_form(string body, string address, bool isTaken)
    {
        var (recipient, member, key) = body switch
        {
            "email" => ("recipientEmail", "emailAddress", "Recipient.RecipientEmail.EmailAddress"),
            "sms" => ("recipientSms", "phoneNumber", "Recipient.RecipientSms.PhoneNumber"),
            _ => ("recipientExternalIdentity", "externalIdentity", "Recipient.RecipientExternalIdentity.ExternalIdentity"),
        };
        if (body == "external identity" && isTaken)
            await system.Sandbox.Identity(address, "contract@example.no");
        var endpoint = Bodies.All[body];

        var answer = await _client.Call(HttpMethod.Post, endpoint.Path, await Token(), endpoint.Valid.Fresh().With($$$"""{"recipient":{"{{{recipient}}}":{"{{{member}}}":"{{{address}}}"} } }"""));

        answer.Status.ShouldBe(isTaken ? 201 : 400, answer.Text);
        if (!isTaken)
            answer.Errors.ShouldBe([key]);
    }

    [Theory]
    [MemberData(nameof(Dashboard))]
    public async Task Question_of_support_is_refused_by_the_key_of(string kind, string? number, string query, string key)
    {
        var header = number is null ? ((string, string)?)null : (kind == "nin" ? "NationalIdentityNumber" : "OrganizationNumber", number);
        var answer = await _client.Call(
            HttpMethod.Get, $"future/dashboard/recipients/notifications/{kind}{query}", await system.Sandbox.NewToken("org=digdir&scope=altinn:notifications.support.admin"), header: header);

        answer.Status.ShouldBe(400, answer.Text);
        answer.Errors.ShouldBe([key]);
    }

    private Task<string> Token() => system.Sandbox.NewToken($"org={_owner}&scope={NotificationsDriver.AllScopes}");

    private static string Reminded => """{"recipientEmail":{"emailAddress":"contract@example.no","emailSettings":{"subject":"s","body":"b"}}}""";

    private static string File(string name, string type, string address) =>
        $$$$"""{"recipient":{"emailSettings":{"attachments":[{"filename":"{{{{name}}}}","mimeType":"{{{{type}}}}","sasUrl":"{{{{address}}}}"}]}}}""";

    /// <summary>Where the members stand that C# calls otherwise.</summary>
    private static string Pointer(string key) => string.Concat(
        key.Replace("RecipientEmail.Settings", "RecipientEmail.EmailSettings", StringComparison.Ordinal)
            .Replace("RecipientSms.Settings", "RecipientSms.SmsSettings", StringComparison.Ordinal)
            .Replace("Recipient.Settings", "Recipient.EmailSettings", StringComparison.Ordinal)
            .Replace("InstantEmailDetails", "RecipientEmail", StringComparison.Ordinal)
            .Replace("InstantNotificationRecipient", "Recipient", StringComparison.Ordinal)
            .Replace("ShortMessageDeliveryDetails", "RecipientSms", StringComparison.Ordinal)
            .Replace("ShortMessageContent", "SmsSettings", StringComparison.Ordinal)
            .Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).TrimStart('$')
            .Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => "/" + char.ToLowerInvariant(step[0]) + step[1..]));
}
