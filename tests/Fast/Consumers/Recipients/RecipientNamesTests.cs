using System.Net;
using Notifications.Consumers.Recipients;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Recipients;

public sealed class RecipientNamesTests : IDisposable
{
    private static readonly OrderedRecipient Kari = new() { NationalIdentityNumber = "16069412345" };
    private static readonly OrderedRecipient Digdir = new() { OrganizationNumber = "991825827" };

    private readonly FixedClock clock = new();
    private readonly NameCache cache;
    private readonly StubHandler register = StubHandler.Answers(
        HttpStatusCode.OK,
        """{"partyNames":[{"ssn":"16069412345","orgNo":null,"name":"NORDMANN KARI"},{"ssn":null,"orgNo":"991825827","name":null},null]}""",
        response => response.Content!.Headers.ContentType = new("application/json"));

    public RecipientNamesTests() => cache = new NameCache(clock);

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task A_person_is_called_by_name_and_an_unknown_organization_by_its_number()
    {
        var names = await Names(Kari, Digdir);

        names["16069412345"].ShouldBe("NORDMANN KARI");
        names["991825827"].ShouldBe("991825827");
    }

    [Fact]
    public async Task A_name_is_kept_for_ten_minutes()
    {
        await Names(Kari);
        await Names(Kari);
        register.Seen.Count.ShouldBe(1);

        clock.Now += TimeSpan.FromMinutes(10);
        await Names(Kari);
        register.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_has_no_number_has_no_name_and_is_not_asked_for()
    {
        (await Names(new OrderedRecipient { Email = "ola@example.no" }, new OrderedRecipient { ExternalIdentity = "urn:altinn:username:ola" })).ShouldBeEmpty();

        register.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_that_cannot_be_anybodys_does_not_spoil_the_question()
    {
        await Names(IdentityNumbers.Real, new OrderedRecipient { NationalIdentityNumber = "02013299997" }, Kari);

        System.Text.Encoding.UTF8.GetString(register.Seen.ShouldHaveSingleItem().Body).ShouldNotContain("16069412345");
    }

    private Task<IReadOnlyDictionary<string, string>> Names(params OrderedRecipient[] recipients) => Names(IdentityNumbers.Any, recipients);

    private Task<IReadOnlyDictionary<string, string>> Names(IdentityNumbers read, params OrderedRecipient[] recipients) =>
        new RecipientNames(new Register(new HttpClient(register) { BaseAddress = new Uri("http://register/") }), cache, new RecipientSettings { IdentityNumbers = read })
            .Of(recipients, CancellationToken.None);
}
