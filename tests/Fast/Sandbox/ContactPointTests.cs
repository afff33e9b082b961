using Notifications.Sandbox.Profile;
using Notifications.Sandbox.Registry;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class ContactPointTests
{
    private const string Nin = "01039012345";
    private readonly PeopleAndOrganizations registry = new();

    [Fact]
    public void A_person_nobody_put_is_absent() => Find(useStale: true).ShouldBeEmpty();

    [Fact]
    public void An_outdated_address_is_left_out()
    {
        registry.Put(Nin, new Person(Email: "a@example.no", Mobile: "+4799999999", EmailOutdated: true));

        var found = Find(useStale: false).ShouldHaveSingleItem();
        found.Email.ShouldBeNull();
        found.EmailIsOutdated.ShouldBeTrue();
        found.MobileNumber.ShouldBe("+4799999999");
    }

    [Fact]
    public void A_person_with_both_addresses_outdated_is_absent()
    {
        registry.Put(Nin, new Person(Email: "a@example.no", Mobile: "+4799999999", IsReserved: true, EmailOutdated: true, MobileOutdated: true));

        Find(useStale: false).ShouldBeEmpty();
    }

    [Fact]
    public void Outdated_addresses_are_given_to_who_asks_for_them()
    {
        registry.Put(Nin, new Person(Email: "a@example.no", Mobile: "+4799999999", EmailOutdated: true, MobileOutdated: true));

        Find(useStale: true).ShouldHaveSingleItem()
            .ShouldBe(new PersonContactPoints.ContactPoint(0, Nin, false, "+4799999999", true, "a@example.no", true));
    }

    [Fact]
    public void A_unit_without_a_record_has_the_addresses_of_its_main_unit()
    {
        registry.Put("910753614", new Organization(Emails: ["main@example.no"]));
        registry.Put("974760673", new Organization(MainUnit: "910753614"));

        var found = OrganizationAddresses.Find("974760673", registry).ShouldNotBeNull();
        found.AddressOrigin.ShouldBe("910753614");
        found.EmailList.ShouldBe(["main@example.no"]);
    }

    [Fact]
    public void A_unit_with_an_empty_record_has_no_addresses()
    {
        registry.Put("910753614", new Organization(Emails: ["main@example.no"]));
        registry.Put("974760673", new Organization(Emails: [], MainUnit: "910753614"));

        OrganizationAddresses.Find("974760673", registry).ShouldNotBeNull().EmailList.ShouldBeEmpty();
    }

    [Fact]
    public void An_email_identity_carries_its_own_address()
    {
        SelfIdentifiedContactPoints.Find("urn:altinn:person:idporten-email:a@b.no", registry).ShouldNotBeNull().Email.ShouldBe("a@b.no");
        SelfIdentifiedContactPoints.Find("urn:altinn:party:username:bruker1", registry).ShouldBeNull();
    }

    private IReadOnlyList<PersonContactPoints.ContactPoint> Find(bool useStale) =>
        PersonContactPoints.Find(new PersonContactPoints.Lookup([Nin], useStale), registry);
}
