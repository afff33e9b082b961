using FsCheck;
using FsCheck.Fluent;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.Fast.Sagas;

/// <summary>Which channels are chosen, by the schema and by what is known of a recipient.</summary>
public sealed class SelectNotificationsTests
{
    private const string Email = "ola@example.no";
    private const string Mobile = "+4799999999";

    public static TheoryData<ChannelSchema, bool, bool, string> Table() => new()
    {
        { ChannelSchema.Email, true, true, "Email:New" },
        { ChannelSchema.Email, true, false, "Email:New" },
        { ChannelSchema.Email, false, true, "Email:Failed_RecipientNotIdentified" },
        { ChannelSchema.Email, false, false, "Email:Failed_RecipientNotIdentified" },
        { ChannelSchema.Sms, true, true, "Sms:New" },
        { ChannelSchema.Sms, false, true, "Sms:New" },
        { ChannelSchema.Sms, true, false, "Sms:Failed_RecipientNotIdentified" },
        { ChannelSchema.Sms, false, false, "Sms:Failed_RecipientNotIdentified" },
        { ChannelSchema.EmailPreferred, true, true, "Email:New" },
        { ChannelSchema.EmailPreferred, true, false, "Email:New" },
        { ChannelSchema.EmailPreferred, false, true, "Sms:New" },
        { ChannelSchema.EmailPreferred, false, false, "Email:Failed_RecipientNotIdentified" },
        { ChannelSchema.SmsPreferred, true, true, "Sms:New" },
        { ChannelSchema.SmsPreferred, false, true, "Sms:New" },
        { ChannelSchema.SmsPreferred, true, false, "Email:New" },
        { ChannelSchema.SmsPreferred, false, false, "Sms:Failed_RecipientNotIdentified" },
        { ChannelSchema.EmailAndSms, true, true, "Email:New Sms:New" },
        { ChannelSchema.EmailAndSms, true, false, "Email:New Sms:Failed_RecipientNotIdentified" },
        { ChannelSchema.EmailAndSms, false, true, "Email:Failed_RecipientNotIdentified Sms:New" },
        { ChannelSchema.EmailAndSms, false, false, "Email:Failed_RecipientNotIdentified Sms:Failed_RecipientNotIdentified" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_channel_schema_and_the_known_addresses_choose_the_channels(ChannelSchema schema, bool hasEmail, bool hasMobile, string expected) =>
        Told(SelectNotifications.For(Order(schema), [Person(hasEmail, hasMobile)])).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Table))]
    public void Ignoring_a_reservation_treats_a_reserved_person_as_any_other(ChannelSchema schema, bool hasEmail, bool hasMobile, string expected) =>
        Told(SelectNotifications.For(Order(schema, ignoreReservation: true), [Person(hasEmail, hasMobile, isReserved: true)])).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Table))]
    public void Ignoring_reservations_changes_nothing_for_a_person_who_is_not_reserved(ChannelSchema schema, bool hasEmail, bool hasMobile, string expected) =>
        Told(SelectNotifications.For(Order(schema, ignoreReservation: true), [Person(hasEmail, hasMobile)])).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Table))]
    public void A_reserved_person_gets_a_failure_on_the_channels_that_were_meant(ChannelSchema schema, bool hasEmail, bool hasMobile, string expected)
    {
        var reserved = expected.Replace("New", "Failed_RecipientReserved").Replace("Failed_RecipientNotIdentified", "Failed_RecipientReserved");

        Told(SelectNotifications.For(Order(schema), [Person(hasEmail, hasMobile, isReserved: true)])).ShouldBe(reserved);
    }

    [Fact]
    public void The_addresses_that_were_found_and_the_name_are_told_to_the_notification() =>
        SelectNotifications.For(Order(ChannelSchema.EmailAndSms), [Person(hasEmail: true, hasMobile: true)]).ShouldBe(
        [
            new SelectedNotification(Channel.Email, Email, "Ola", NotificationState.New, Person(0)),
            new SelectedNotification(Channel.Sms, Mobile, "Ola", NotificationState.New, Person(0)),
        ]);

    [Fact]
    public void Each_of_many_recipients_is_told_or_fails_on_their_own() =>
        SelectNotifications.For(
            new RecipientOrder([Person(1), new() { Email = Email }, Person(2), Person(3)], ChannelSchema.Email, false, false, false),
            [Found(0, "kari@example.no"), Found(1, Email), Found(2), Found(3)]).ShouldBe(
        [
            new SelectedNotification(Channel.Email, "kari@example.no", null, NotificationState.New, Person(1)),
            new SelectedNotification(Channel.Email, Email, null, NotificationState.New, new()),
            new SelectedNotification(Channel.Email, "", null, NotificationState.Failed_RecipientNotIdentified, Person(2)),
            new SelectedNotification(Channel.Email, "", null, NotificationState.Failed_RecipientNotIdentified, Person(3)),
        ]);

    [Fact]
    public void The_same_text_goes_to_the_same_address_once_whoever_has_it_and_however_it_is_written() =>
        SelectNotifications.For(
            new RecipientOrder([Person(1), Person(2), new() { Email = Email.ToUpperInvariant() }, Person(3)], ChannelSchema.EmailAndSms, false, false, false),
            [Found(0, [Email], [Mobile]), Found(1, [Email.ToUpperInvariant()], ["0047 999 99 999"]), Found(2, [Email.ToUpperInvariant()], [Mobile]), Found(3, ["kari@example.no"], [Mobile])])
            .Select(n => n.Address).ShouldBe([Email, Mobile, "kari@example.no"]);

    [Fact]
    public void A_text_that_names_its_recipient_goes_to_each_who_share_an_address() =>
        SelectNotifications.For(Order(ChannelSchema.Email, recipients: 2), [Found(0, Email).Called("Ola"), Found(1, Email).Called("Kari")])
            .Select(n => (n.Address, n.RecipientName)).ShouldBe([(Email, "Ola"), (Email, "Kari")]);

    /// <summary>The organization's own addresses, then those of two people, as "es" for an e-mail address and an SMS number.</summary>
    [Theory]
    [InlineData(ChannelSchema.Email, "es", "s", "e", "e0 e2")]
    [InlineData(ChannelSchema.Email, "s", "s", "", "Email:Failed_RecipientNotIdentified")]
    [InlineData(ChannelSchema.Sms, "es", "s", "e", "s0 s1")]
    [InlineData(ChannelSchema.Sms, "e", "e", "e", "Sms:Failed_RecipientNotIdentified")]
    [InlineData(ChannelSchema.EmailPreferred, "es", "s", "es", "e0 e2 s1")]
    [InlineData(ChannelSchema.EmailPreferred, "s", "s", "e", "e2 s0 s1")]
    [InlineData(ChannelSchema.EmailPreferred, "", "s", "", "s1")]
    [InlineData(ChannelSchema.EmailPreferred, "", "", "", "Email:Failed_RecipientNotIdentified")]
    [InlineData(ChannelSchema.SmsPreferred, "es", "s", "es", "s0 s1 s2")]
    [InlineData(ChannelSchema.SmsPreferred, "e", "s", "e", "e0 e2 s1")]
    [InlineData(ChannelSchema.SmsPreferred, "", "", "", "Sms:Failed_RecipientNotIdentified")]
    [InlineData(ChannelSchema.EmailAndSms, "e", "s", "es", "e0 e2 s1 s2")]
    [InlineData(ChannelSchema.EmailAndSms, "e", "e", "", "e0 e1 Sms:Failed_RecipientNotIdentified")]
    [InlineData(ChannelSchema.EmailAndSms, "", "", "", "Email:Failed_RecipientNotIdentified Sms:Failed_RecipientNotIdentified")]
    public void An_organizations_people_are_told_beside_it_each_over_the_channel_of_their_own_addresses(ChannelSchema schema, string official, string one, string other, string expected)
    {
        string[] given = [official, one, other];
        var contacts = given.Select((has, contact) => new ResolvedRecipient
        {
            ShipmentId = Guid.Empty,
            Ordinal = 0,
            Contact = contact,
            IsReserved = false,
            Emails = has.Contains('e') ? [$"e{contact}"] : [],
            Mobiles = has.Contains('s') ? [$"s{contact}"] : [],
        }).ToArray();

        string.Join(' ', SelectNotifications.For(Order(schema), contacts).Select(n => n.Address.Length > 0 ? n.Address : $"{n.Channel}:{n.State}")).ShouldBe(expected);
    }

    [Fact]
    public void What_is_left_out_would_have_said_the_same_to_the_same_address() =>
        Prop.ForAll(Cases(), given =>
        {
            var apart = given.Found.SelectMany(one => SelectNotifications.For(given.Order, [one])).Where(n => n.State == NotificationState.New);
            SelectNotifications.For(given.Order, given.Found).Where(n => n.State == NotificationState.New).Select(n => (n.Channel, n.Address))
                .ShouldBe(apart.Select(n => (n.Channel, n.Address)).Distinct());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Everybody_is_told_or_fails_or_shares_an_address_with_somebody_who_is_told() =>
        Prop.ForAll(Cases(), given =>
        {
            var selected = SelectNotifications.For(given.Order, given.Found);
            given.Found.ShouldAllBe(one => SelectNotifications.For(given.Order, new[] { one }).All(n =>
                selected.Contains(n) || selected.Any(s => s.Channel == n.Channel && s.Address == n.Address && n.Address != "")));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Those_who_were_ordered_by_an_address_are_told_though_the_lookup_of_others_never_succeeded() =>
        SelectNotifications.NeverResolved(new RecipientOrder([new() { Email = Email, Mobile = Mobile }, Person(1)], ChannelSchema.SmsPreferred, false, false, false)).ShouldBe(
        [
            new SelectedNotification(Channel.Sms, Mobile, null, NotificationState.New, new()),
            new SelectedNotification(Channel.Sms, "", null, NotificationState.Failed, Person(1)),
        ]);

    [Theory]
    [InlineData(ChannelSchema.Email, "Email:Failed")]
    [InlineData(ChannelSchema.Sms, "Sms:Failed")]
    [InlineData(ChannelSchema.EmailPreferred, "Email:Failed")]
    [InlineData(ChannelSchema.SmsPreferred, "Sms:Failed")]
    [InlineData(ChannelSchema.EmailAndSms, "Email:Failed Sms:Failed")]
    public void A_lookup_that_never_succeeded_fails_on_the_first_choice_of_channels(ChannelSchema schema, string expected) =>
        Told(SelectNotifications.NeverResolved(Order(schema))).ShouldBe(expected);

    [Fact]
    public void At_least_one_recipient_gives_at_least_one_notification() =>
        Prop.ForAll(Cases(), given => SelectNotifications.For(given.Order, given.Found).Count > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void No_recipient_gives_no_notification() => SelectNotifications.For(Order(ChannelSchema.EmailAndSms), []).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_sent_to_the_same_address_twice() =>
        Prop.ForAll(Cases(), given => SelectNotifications.For(given.Order, given.Found).ShouldBeUnique()).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reserved_person_never_gets_an_address() =>
        Prop.ForAll(Cases(), given =>
        {
            var reservedOnly = given.Found.Where(r => r.IsReserved).ToArray();
            var selected = SelectNotifications.For(given.Order with { IgnoreReservation = false }, reservedOnly);
            selected.ShouldAllBe(n => n.Address == "" && n.State == NotificationState.Failed_RecipientReserved);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_notification_waits_exactly_when_it_has_an_address() =>
        Prop.ForAll(Cases(), given => SelectNotifications.For(given.Order, given.Found)
            .ShouldAllBe(n => n.State == NotificationState.New == (n.Address != ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_addresses_that_were_found_are_used() =>
        Prop.ForAll(Cases(), given =>
        {
            string[] known = ["", .. given.Found.SelectMany(r => r.Emails), .. given.Found.SelectMany(r => r.Mobiles)];
            SelectNotifications.For(given.Order, given.Found).ShouldAllBe(n => known.Contains(n.Address));
        }).QuickCheckThrowOnFailure();

    private static RecipientOrder Order(ChannelSchema schema, bool ignoreReservation = false, int recipients = 1) =>
        new([.. Enumerable.Range(0, recipients).Select(Person)], schema, ignoreReservation, false, false);

    private static OrderedRecipient Person(int place) => new() { NationalIdentityNumber = $"{place:00000000000}" };

    private static ResolvedRecipient Found(int ordinal, params string[] emails) => Found(ordinal, emails, []);

    private static ResolvedRecipient Found(int ordinal, string[] emails, string[] mobiles) =>
        new() { ShipmentId = Guid.Empty, Ordinal = ordinal, IsReserved = false, Emails = emails, Mobiles = mobiles };

    private static ResolvedRecipient Person(bool hasEmail, bool hasMobile, bool isReserved = false) => new()
    {
        ShipmentId = Guid.Empty,
        Ordinal = 0,
        IsReserved = isReserved,
        Emails = hasEmail ? [Email] : [],
        Mobiles = hasMobile ? [Mobile] : [],
        Name = "Ola",
    };

    private static string Told(IReadOnlyList<SelectedNotification> selected) => string.Join(' ', selected.Select(n => $"{n.Channel}:{n.State}"));

    private static Arbitrary<(RecipientOrder Order, IReadOnlyList<ResolvedRecipient> Found)> Cases()
    {
        var flag = Gen.Elements(true, false);
        var recipient =
            from emails in Gen.SubListOf("a@example.no", "b@example.no", "c@example.no")
            from mobiles in Gen.SubListOf("+4790000001", "+4790000002")
            from isReserved in flag
            select new ResolvedRecipient { ShipmentId = Guid.Empty, Ordinal = 0, IsReserved = isReserved, Emails = [.. emails], Mobiles = [.. mobiles] };
        var cases =
            from schema in Gen.Elements(Enum.GetValues<ChannelSchema>())
            from ignoreReservation in flag
            from found in recipient.NonEmptyListOf()
            select (Order(schema, ignoreReservation, found.Count), (IReadOnlyList<ResolvedRecipient>)[.. found.Select(At)]);
        return cases.ToArbitrary();

        static ResolvedRecipient At(ResolvedRecipient found, int place) => new()
        {
            ShipmentId = found.ShipmentId, Ordinal = place, IsReserved = found.IsReserved, Emails = found.Emails, Mobiles = found.Mobiles,
        };
    }
}

file static class Named
{
    public static ResolvedRecipient Called(this ResolvedRecipient found, string name) => new()
    {
        ShipmentId = found.ShipmentId, Ordinal = found.Ordinal, IsReserved = found.IsReserved, Emails = found.Emails, Mobiles = found.Mobiles, Name = name,
    };
}
