using System.Text.Json;
using FluentValidation.Results;
using Notifications.Api.Orders;
using Notifications.Api.Templates;
using Notifications.Api.Wire;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Templates;

public sealed class TemplateTests
{
    private const string Decision = PutTemplate.Example;

    [Theory]
    [InlineData("Text", "\"Kari & co\"", "nb", "Kari & co")]
    [InlineData("Number", "1234.5", "nb", "1234,5")]
    [InlineData("Number", "1234.5", "en", "1234.5")]
    [InlineData("Number", "-7", "nn", "-7")]
    [InlineData("Date", "\"2026-05-17\"", "nb", "17. mai 2026")]
    [InlineData("Date", "\"2026-05-17\"", "nn", "17. mai 2026")]
    [InlineData("Date", "\"2026-05-17\"", "en", "17 May 2026")]
    [InlineData("Date", "\"2026-05-07\"", "se", "07.05.2026")]
    [InlineData("DateTime", "\"2026-05-17T10:30:00Z\"", "nb", "17. mai 2026 kl. 12.30")]
    [InlineData("DateTime", "\"2026-12-31T23:30:00Z\"", "en", "1 January 2027 at 00:30")]
    [InlineData("Link", "\"https://etat.no/sak?a=1&b=2\"", "nb", "https://etat.no/sak?a=1&b=2")]
    public void What_is_filled_in_is_written_as_its_language_writes_it(string type, string json, string language, string expected) =>
        Value(type, json)!.In(language).ShouldBe(expected);

    [Theory]
    [InlineData("Text", "5")]
    [InlineData("Text", "{}")]
    [InlineData("Number", "\"5\"")]
    [InlineData("Number", "1e400")]
    [InlineData("Date", "\"17.05.2026\"")]
    [InlineData("Date", "\"2026-02-30\"")]
    [InlineData("DateTime", "\"2026-05-17T12:00:00\"")]
    [InlineData("DateTime", "5")]
    [InlineData("Link", "\"http://etat.no\"")]
    [InlineData("Link", "\"javascript:alert(1)\"")]
    [InlineData("Link", "\"/sak\"")]
    public void What_is_not_of_its_type_is_nothing(string type, string json) => Value(type, json).ShouldBeNull();

    [Fact]
    public void In_html_what_is_filled_in_is_text_and_what_is_filled_in_is_never_filled_again()
    {
        var (values, errors) = TemplateFilling.Read(Template(Decision), Tokens("""{"caseNumber":"<b>{{deadline}}</b>","deadline":"2026-05-17","link":"https://etat.no/?a=1&b=2"}"""));

        errors.ShouldBeEmpty();
        var text = TemplateFilling.Fill(new TemplateText { Subject = "{{caseNumber}}", Body = "{{ caseNumber }} {{link}}", Sms = "{{caseNumber}}" }, values, "nb", EmailContentType.Html);
        text.Body.ShouldBe("&lt;b&gt;{{deadline}}&lt;/b&gt; https://etat.no/?a=1&amp;b=2");
        text.Subject.ShouldBe("<b>{{deadline}}</b>");
        text.Sms.ShouldBe("<b>{{deadline}}</b>");
    }

    [Theory]
    [InlineData("""{"caseNumber":"1","deadline":"2026-05-17"}""", "")]
    [InlineData("""{"caseNumber":"1"}""", "deadline")]
    [InlineData("""{"caseNumber":"1","deadline":null}""", "deadline")]
    [InlineData("""{"caseNumber":"1","deadline":"soon"}""", "deadline")]
    [InlineData("""{"caseNumber":"1","deadline":"2026-05-17","dedline":"x"}""", "dedline")]
    [InlineData("""{}""", "caseNumber deadline")]
    public void Tokens_are_what_the_template_says(string tokens, string wrong) =>
        TemplateFilling.Read(Template(Decision), Tokens(tokens)).Errors.Select(e => e.Name).ShouldBe(wrong.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Theory]
    [InlineData("""{"texts":{}}""", "Texts")]
    [InlineData("""{"texts":{"de":{"subject":"s","body":"b"}}}""", "Texts")]
    [InlineData("""{"texts":{"nb":{"subject":"s"}}}""", "Texts.nb.Body")]
    [InlineData("""{"texts":{"nb":{"body":"b"}}}""", "Texts.nb.Subject")]
    [InlineData("""{"texts":{"nb":{}}}""", "Texts.nb")]
    [InlineData("""{"texts":{"nb":null}}""", "Texts.nb")]
    [InlineData("""{"texts":{"nb":{"subject":"s","body":"b"},"en":{"sms":"s"}}}""", "Texts")]
    [InlineData("""{"texts":{"nb":{"sms":"{{who}}"}}}""", "Texts.nb")]
    [InlineData("""{"tokens":{"who":{"type":"Text"}},"texts":{"nb":{"sms":"s"}}}""", "Tokens.who")]
    [InlineData("""{"tokens":{"who?":{"type":"Text"}},"texts":{"nb":{"sms":"s"}}}""", "Tokens")]
    [InlineData("""{"tokens":{"who":null},"texts":{"nb":{"sms":"{{who}}"}}}""", "Tokens.who")]
    [InlineData("""{"language":"en","texts":{"nb":{"sms":"s"}}}""", "Language")]
    [InlineData("""{"language":"de","texts":{"nb":{"sms":"s"}}}""", "Language")]
    [InlineData("""{"texts":{"nb":{"sms":"s"}},"reminder":{"afterDays":0}}""", "Reminder.AfterDays")]
    [InlineData("""{"texts":{"nb":{"sms":"s"}},"reminder":{"afterDays":7,"texts":{"en":{"sms":"s"}}}}""", "Reminder.Texts")]
    [InlineData("""{"texts":{"nb":{"subject":"a\u0007","body":"b"}}}""", "Texts.nb.Subject")]
    public void A_template_that_no_order_could_be_sent_with_is_refused(string body, string key)
    {
        var result = new TemplateRequestValidator().Validate(Template(body));

        result.Errors.ShouldContain(e => e.PropertyName == key);
    }

    [Theory]
    [InlineData(Decision)]
    [InlineData("""{"texts":{"nb":{"sms":"s"}}}""")]
    [InlineData("""{"language":"en","texts":{"en":{"subject":"s","body":"b"},"se":{"subject":"s","body":"b"}},"reminder":{"afterDays":14}}""")]
    public void Any_other_is_not(string body) => new TemplateRequestValidator().Validate(Template(body)).Errors.ShouldBeEmpty();

    [Fact]
    public void Presets_are_templates_that_could_be_put()
    {
        foreach (var (name, preset) in Presets.All)
            new TemplateRequestValidator().Validate(preset).Errors.ShouldBeEmpty(name);
    }

    [Fact]
    public async Task A_preset_brings_its_subject_its_languages_and_its_reminder()
    {
        var (request, failures) = await Fill("""{"name":"VarselDPVMedRevarsel","tokens":{"1":"$reporteeName$: Du har fått et brev."},"reminderConditionEndpoint":"https://etat.no/unread"}""");

        failures.ShouldBeEmpty();
        var email = request.Recipient.RecipientPerson!.EmailSettings!;
        (email.Subject, email.Body).ShouldBe(("Ny melding tilgjengelig i Altinn.no for $recipientName$", "$recipientName$: Du har fått et brev."));
        email.Texts!["en"].ShouldBe(new EmailText("New message available at Altinn.no for $recipientName$", "$recipientName$: Du har fått et brev."));
        email.MadeOf.ShouldBe("VarselDPVMedRevarsel/1");
        var reminder = request.Reminders!.ShouldHaveSingleItem();
        (reminder.DelayDays, reminder.ConditionEndpoint).ShouldBe((7, new Uri("https://etat.no/unread")));
        reminder.Recipient.RecipientPerson!.EmailSettings!.Texts!["nn"].Body.ShouldBe("Påminning: $recipientName$: Du har fått et brev.");
    }

    [Theory]
    [InlineData("""{"name":"nothing"}""", "Name")]
    [InlineData("""{"name":"TokenTextOnly","version":2}""", "Name")]
    [InlineData("""{"name":"TokenTextOnly"}""", "Tokens.0")]
    [InlineData("""{"name":"TokenTextOnly","tokens":{"0":"s","1":"b","2":"x"}}""", "Tokens.2")]
    [InlineData("""{"name":"TokenTextOnly","tokens":{"0":"s","1":"b","a.b[0]":"x"}}""", "Tokens")]
    [InlineData("""{"name":"TokenTextOnly","tokens":{"0":"s"}}""", "")]
    [InlineData("""{"name":"TokenTextOnly","tokens":{"0":"s","1":"b"},"reminderConditionEndpoint":"https://etat.no"}""", "ReminderConditionEndpoint")]
    public async Task What_does_not_fit_is_named(string template, string member)
    {
        var (_, failures) = await Fill(template);

        failures.ShouldContain(f => f.PropertyName == $"Recipient.RecipientPerson.EmailSettings.Template{(member.Length == 0 ? "" : $".{member}")}");
    }

    [Fact]
    public async Task A_reminder_of_the_orders_own_takes_the_place_of_the_templates()
    {
        var (request, _) = await Fill("""{"name":"VarselDPVMedRevarsel","tokens":{"1":"Hei"}}""", ",\"reminders\":[]");

        request.Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_orders_without_a_template_has_the_order_that_they_wrote()
    {
        var request = JsonSerializer.Deserialize<OrderRequest>(
            """{"idempotencyId":"1","recipient":{"recipientEmail":{"emailAddress":"a@b.no","emailSettings":{"subject":"s","body":"{{b}}"}}}}""", WireJson.Options)!;

        (await new OrderedTemplates(new TemplateCatalog(kept: null!)).Fill(request, "ttd", CancellationToken.None)).Request.ShouldBeSameAs(request);
    }

    [Theory]
    [InlineData("""{"template":{"name":"t"},"subject":"s"}""", "Template")]
    [InlineData("""{"template":{"name":"t"},"body":"b"}""", "Template")]
    [InlineData("""{"template":{"name":""}}""", "Template.Name")]
    [InlineData("""{"template":{"name":"t","version":0}}""", "Template.Version")]
    [InlineData("""{"template":{"name":"t","language":"de"}}""", "Template.Language")]
    [InlineData("""{"template":{"name":"t","reminderConditionEndpoint":"ftp://x"}}""", "Template.ReminderConditionEndpoint")]
    [InlineData("""{}""", "Subject")]
    public void Settings_have_either_a_template_or_a_text(string settings, string key) =>
        new EmailSettingsValidator().Validate(JsonSerializer.Deserialize<EmailSettings>(settings, WireJson.Options)!).Errors.ShouldContain(e => e.PropertyName == key);

    [Fact]
    public void Pointers_and_warnings_go_into_what_clients_name()
    {
        JsonPointer.OfMember(typeof(OrderRequest), "Recipient.RecipientSms.Settings.Template.Tokens.DueDate").ShouldBe("/recipient/recipientSms/smsSettings/template/tokens/DueDate");
        JsonPointer.OfMember(typeof(TemplateRequest), "Texts.nb.Subject").ShouldBe("/texts/nb/subject");
        UnknownMembers.In("""{"texts":{"nb":{"sms":"s","bdy":"b"}}}"""u8, typeof(TemplateRequest), WireJson.Options)!.Single().JsonPointer.ShouldBe("/texts/nb/bdy");
        UnknownMembers.In("""{"name":"t","tokens":{"anything":{"goes":1}}}"""u8, typeof(OrderedTemplate), WireJson.Options).ShouldBeNull();
    }

    /// <summary>By somebody who has no templates of their own.</summary>
    private static async Task<(OrderRequest Request, IReadOnlyList<ValidationFailure> Failures)> Fill(string template, string more = "")
    {
        await using var database = new ScriptedPostgres(_ => []);
        return await new OrderedTemplates(new TemplateCatalog(new KeptTemplates(database.Database, TimeProvider.System))).Fill(JsonSerializer.Deserialize<OrderRequest>(
            $$$"""
            {"idempotencyId":"1","recipient":{"recipientPerson":{"nationalIdentityNumber":"16069412345","channelSchema":"Email","emailSettings":{"template":{{{template}}} } }}{{{more}}} }
            """, WireJson.Options)!, "ttd", CancellationToken.None);
    }

    private static TokenValue? Value(string type, string json) => TokenValue.Of(Enum.Parse<TokenType>(type), JsonSerializer.Deserialize<JsonElement>(json), out _);

    private static TemplateRequest Template(string body) => JsonSerializer.Deserialize<TemplateRequest>(body, WireJson.Options)!;

    private static Dictionary<string, JsonElement> Tokens(string tokens) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(tokens)!;
}
