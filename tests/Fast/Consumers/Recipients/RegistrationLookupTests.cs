using System.Net;
using System.Net.Http.Json;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Tests.Fast.Consumers.Recipients;

public sealed class RegistrationLookupTests : IDisposable
{
    private static readonly OrderedRecipient Reached = new() { NationalIdentityNumber = "00000000001" };
    private static readonly OrderedRecipient Reserved = new() { NationalIdentityNumber = "00000000002" };
    private static readonly OrderedRecipient Unknown = new() { NationalIdentityNumber = "00000000003" };
    private static readonly OrderedRecipient Stale = new() { NationalIdentityNumber = "00000000004" };
    private static readonly OrderedRecipient OnlyPeople = new() { OrganizationNumber = "000000001" };
    private static readonly OrderedRecipient NoSuchOrganization = new() { OrganizationNumber = "000000002" };

    private readonly Registers registers = new();

    public void Dispose() => registers.Dispose();

    [Fact]
    public async Task Addresses_are_not_looked_up()
    {
        (await Find(new SoughtRecipients(ChannelSchema.Email, [new() { Email = "ola@example.no" }]))).ShouldBeNull();

        registers.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everybody_reached_is_a_success() => (await Find(Email(Reached))).ShouldBe((RecipientLookupStatus.Success, "", ""));

    [Fact]
    public async Task Somebody_reached_is_a_partial_success() =>
        (await Find(Email(Reached, Reserved, Unknown, NoSuchOrganization, new() { Email = "x@example.no" })))
            .ShouldBe((RecipientLookupStatus.PartialSuccess, "00000000002", "00000000003 000000002"));

    [Fact]
    public async Task Nobody_reached_is_a_failure() => (await Find(Email(Reserved, Unknown))).ShouldBe((RecipientLookupStatus.Failed, "00000000002", "00000000003"));

    [Fact]
    public async Task Who_is_reserved_is_reached_by_an_order_that_ignores_it_and_told_of_all_the_same() =>
        (await Find(Email(Reserved) with { IgnoreReservation = true })).ShouldBe((RecipientLookupStatus.Success, "00000000002", ""));

    [Theory]
    [InlineData(ChannelSchema.Email, true)]
    [InlineData(ChannelSchema.Sms, false)]
    [InlineData(ChannelSchema.EmailPreferred, true)]
    [InlineData(ChannelSchema.SmsPreferred, true)]
    [InlineData(ChannelSchema.EmailAndSms, true)]
    public async Task Who_has_an_email_address_is_reached_by_channels_that_may_use_it(ChannelSchema schema, bool isReached) =>
        (await Find(new SoughtRecipients(schema, [Reached])))!.Value.Status.ShouldBe(isReached ? RecipientLookupStatus.Success : RecipientLookupStatus.Failed);

    [Fact]
    public async Task Old_addresses_count_where_they_are_asked_for() =>
        (await Find(Email(Stale), Email(Stale) with { UseStale = true })).ShouldBe((RecipientLookupStatus.PartialSuccess, "", "00000000004"));

    [Theory]
    [InlineData("urn:altinn:resource:app_ttd_app-name", ChannelSchema.Email, RecipientLookupStatus.Success)]
    [InlineData("app_ttd_app-name", ChannelSchema.EmailPreferred, RecipientLookupStatus.Success)]
    [InlineData("app_ttd_app-name", ChannelSchema.Sms, RecipientLookupStatus.Failed)]
    [InlineData(null, ChannelSchema.Email, RecipientLookupStatus.Failed)]
    public async Task An_organization_is_reached_through_its_people_when_a_resource_is_named(string? resource, ChannelSchema schema, RecipientLookupStatus status) =>
        (await Find(new SoughtRecipients(schema, [OnlyPeople], resource)))!.Value.Status.ShouldBe(status);

    [Fact]
    public async Task Every_register_is_asked_once_for_all_shipments()
    {
        await Find(Email(Reached, Unknown), Email(Reached), Email(OnlyPeople) with { ResourceId = "app_ttd_app-name" }, Email(NoSuchOrganization) with { ResourceId = "app_ttd_app-name" });

        registers.Asked.Order(StringComparer.Ordinal).ShouldBe(["organizations/notificationaddresses/lookup", "units/contactpoint/lookup", "users/contactpoint/lookup"]);
    }

    [Theory]
    [InlineData("users/contactpoint/lookup")]
    [InlineData("organizations/notificationaddresses/lookup")]
    [InlineData("units/contactpoint/lookup")]
    public async Task A_register_that_fails_is_no_answer(string failing)
    {
        registers.Failing = failing;

        await Should.ThrowAsync<NeighbourAwayException>(() => Find(Email(Reached, OnlyPeople) with { ResourceId = "app_ttd_app-name" }));
    }

    [Fact]
    public async Task A_register_that_does_not_answer_is_not_waited_for()
    {
        registers.IsHanging = true;

        await Should.ThrowAsync<NeighbourAwayException>(() => Find(new RecipientSettings { LookupTimeout = TimeSpan.FromMilliseconds(50) }, Email(Reached)));
    }

    private static SoughtRecipients Email(params OrderedRecipient[] recipients) => new(ChannelSchema.Email, recipients);

    private Task<(RecipientLookupStatus Status, string IsReserved, string Missing)?> Find(params SoughtRecipients[] shipments) => Find(new RecipientSettings { LookupTimeout = TimeSpan.FromMinutes(1) }, shipments);

    private async Task<(RecipientLookupStatus Status, string IsReserved, string Missing)?> Find(RecipientSettings settings, params SoughtRecipients[] shipments)
    {
        var profile = new Profile(new HttpClient(registers) { BaseAddress = new Uri("http://profile/") });
        return await new RegistrationLookup(new ContactLookup(profile), profile, settings).Find(shipments, CancellationToken.None) is { } found
            ? (found.Status, string.Join(' ', found.IsReserved), string.Join(' ', found.MissingContact))
            : null;
    }

    private sealed class Registers : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];
        public string? Failing { get; set; }
        public bool IsHanging { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.TrimStart('/');
            Asked.Add(path);
            if (IsHanging)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            if (path == Failing)
                return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            var useStale = (await request.Content!.ReadAsStringAsync(cancellationToken)).Contains("\"useStaleContactInfo\":true", StringComparison.Ordinal);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { contactPointsList = Known(path, useStale) }) };
        }

        private static object[] Known(string path, bool useStale) => path switch
        {
            "users/contactpoint/lookup" =>
            [
                new { nationalIdentityNumber = Reached.NationalIdentityNumber, email = "a@example.no" },
                new { nationalIdentityNumber = Reserved.NationalIdentityNumber, isReserved = true, email = "b@example.no" },
                .. useStale ? (object[])[new { nationalIdentityNumber = Stale.NationalIdentityNumber, email = "c@example.no" }] : [],
            ],
            "units/contactpoint/lookup" =>
                [new { organizationNumber = OnlyPeople.OrganizationNumber, partyId = 1, userContactPoints = new object?[] { null, new { userId = 1, email = "d@example.no" } } }],
            _ => [],
        };
    }
}
