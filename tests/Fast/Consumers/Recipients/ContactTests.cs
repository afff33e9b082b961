using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Recipients;

public sealed class ContactTests
{
    [Fact]
    public void Each_address_is_there_once_and_can_be_sent_to()
    {
        var contact = Contact.Of(isReserved: false, ["Ola@example.no", " ola@example.no", null, "", "ola", "ola@example", "ola nordmann@example.no"], ["99999999", "+47 999 99 999", "22222222", null]);

        contact.Emails.ShouldBe(["Ola@example.no"]);
        contact.Mobiles.ShouldBe(["+4799999999"]);
    }

    [Fact]
    public void No_two_addresses_of_a_contact_are_the_same_by_any_case() =>
        Prop.ForAll(Gen.Elements("a@b.no", "A@b.no", "A@B.NO", "c@d.no", "", " c@d.no ").ListOf().ToArbitrary(), emails =>
            Contact.Of(false, emails, []).Emails.Select(e => e.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal).Count == Contact.Of(false, emails, []).Emails.Length).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ola@xn--blbr-roah.no")]
    [InlineData("ola@example.xn--p1ai")]
    [InlineData("ola@blåbær.no")]
    [InlineData("o'hara+x@example.museum")]
    public void An_address_that_a_register_holds_may_have_any_form_that_mail_has(string address) => EmailAddress.Normalize(address).ShouldBe(address);

    [Theory]
    [InlineData("Ola <ola@example.no>")]
    [InlineData("ola@example.no, kari@example.no")]
    [InlineData("ola@example.no\r\nbcc:x@example.no")]
    [InlineData("@example.no")]
    public void What_is_not_one_address_is_none(string registered) => EmailAddress.Normalize(registered).ShouldBeNull();

    [Fact]
    public async Task Many_are_asked_for_in_parts()
    {
        var profile = Profile("""{"contactPointsList":[]}""", out var seen);
        await profile.Persons([.. Enumerable.Range(0, 2500).Select(i => $"{i:00000000000}")], useStaleContactInfo: true, CancellationToken.None);

        seen.Seen.Count.ShouldBe(3);
        seen.Seen.Select(r => JsonDocument.Parse(r.Body).RootElement).ShouldAllBe(body => body.GetProperty("useStaleContactInfo").GetBoolean());
        seen.Seen.Sum(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("nationalIdentityNumbers").GetArrayLength()).ShouldBe(2500);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"contactPointsList":null}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task An_answer_without_a_list_is_none(string body) =>
        await Should.ThrowAsync<NeighbourAwayException>(() => Find(body));

    [Fact]
    public async Task What_is_doubled_or_nameless_in_an_answer_does_no_harm()
    {
        var contacts = await Find("""{"contactPointsList":[null,{"nationalIdentityNumber":null,"email":"x@example.no"},{"nationalIdentityNumber":"16069412345","email":"a@example.no"},{"nationalIdentityNumber":"16069412345","email":"b@example.no"}]}""");

        contacts.Of(new OrderedRecipient { NationalIdentityNumber = "16069412345" }).Emails.ShouldBe(["a@example.no"]);
        contacts.Of(new OrderedRecipient { NationalIdentityNumber = "00000000000" }).HasAddress.ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_that_was_ordered_needs_no_lookup()
    {
        var contacts = await new ContactLookup(Profile("garbage", out var seen)).Find([new() { Email = "ola@example.no", Mobile = "+47 999 99 999" }], useStale: false, CancellationToken.None);

        var contact = contacts.Of(new() { Email = "ola@example.no", Mobile = "+47 999 99 999" });
        (contact.Emails.Single(), contact.Mobiles.Single()).ShouldBe(("ola@example.no", "+47 999 99 999"));
        seen.Seen.ShouldBeEmpty();
    }

    private static Task<Contacts> Find(string body) =>
        new ContactLookup(Profile(body, out _)).Find([new() { NationalIdentityNumber = "16069412345" }], useStale: false, CancellationToken.None);

    private static Profile Profile(string body, out StubHandler seen)
    {
        seen = StubHandler.Answers(HttpStatusCode.OK, body, response => response.Content!.Headers.ContentType = new("application/json"));
        return new Profile(new HttpClient(seen) { BaseAddress = new Uri("http://profile/") });
    }
}
