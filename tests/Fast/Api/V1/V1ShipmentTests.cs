using System.Text.Json;
using Notifications.Api.V1;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.V1;

public sealed class V1ShipmentTests
{
    [Fact]
    public void An_SMS_waits_for_the_day() => Shipment("""{"body":"b","recipients":[{"mobileNumber":"+4799999999"}]}""").SmsSendingTimePolicy.ShouldBe(SendingTimePolicy.Daytime);

    [Fact]
    public void An_order_and_its_shipment_have_one_id_and_no_idempotency_id()
    {
        var request = Read("""{"body":"b","recipients":[{"mobileNumber":"+4799999999"}]}""");
        var (order, shipment) = V1ShipmentOf.Request(request, V1ShipmentOf.Recipients(request), "ttd", FixedClock.Start);

        (order.Id, order.Kind, order.IdempotencyId).ShouldBe((shipment.Id, OrderKind.V1, null));
        (shipment.OrderId, shipment.Type, shipment.RequestedSendTime).ShouldBe((order.Id, ShipmentType.Notification, FixedClock.Start));
    }

    [Theory]
    [InlineData("""[{"mobileNumber":"+47 99 99 99 99 ","emailAddress":"passed over"}]""", """[{"mobile":"+47 99 99 99 99 "}]""")]
    [InlineData("""[{"nationalIdentityNumber":"16069412345","mobileNumber":""}]""", """[{"nationalIdentityNumber":"16069412345"}]""")]
    [InlineData("""[{"organisationNumber":"910150804"}]""", """[{"organizationNumber":"910150804"}]""")]
    [InlineData("""[{"organizationNumber":"910150804","organisationNumber":null}]""", """[{"organizationNumber":"910150804"}]""")]
    public void Recipients_are_kept_as_far_as_the_order_uses_them(string recipients, string kept) =>
        OrderedRecipient.FromJson(Shipment($$"""{"body":"b","recipients":{{recipients}}}""").Recipients).ShouldBe(OrderedRecipient.FromJson(kept));

    [Theory]
    [InlineData(ChannelSchema.Email, nameof(Channel.Email))]
    [InlineData(ChannelSchema.Sms, nameof(Channel.Sms))]
    [InlineData(ChannelSchema.EmailPreferred, null)]
    [InlineData(ChannelSchema.SmsPreferred, null)]
    [InlineData(ChannelSchema.EmailAndSms, null)]
    public void One_recipient_with_both_addresses_has_one_channel_beforehand_unless_both_may_be_used(ChannelSchema schema, string? channel) =>
        SelectNotifications.Direct([new() { Email = "ola@example.no", Mobile = "+4799999999" }], schema).ShouldBe(channel is null ? null : Channel.Named(channel));

    [Theory]
    [InlineData(ChannelSchema.EmailPreferred, nameof(Channel.Sms))]
    [InlineData(ChannelSchema.SmsPreferred, nameof(Channel.Sms))]
    [InlineData(ChannelSchema.Email, nameof(Channel.Email))]
    public void The_only_address_is_the_preferred_one(ChannelSchema schema, string channel) =>
        SelectNotifications.Direct([schema == ChannelSchema.Email ? new() { Email = "ola@example.no" } : new() { Mobile = "+4799999999" }], schema).ShouldBe(Channel.Named(channel));

    [Fact]
    public void Many_recipients_and_those_who_are_looked_up_have_no_channel_beforehand()
    {
        SelectNotifications.Direct([new() { Email = "a@example.no" }, new() { Email = "b@example.no" }], ChannelSchema.Email).ShouldBeNull();
        SelectNotifications.Direct([new() { NationalIdentityNumber = "16069412345" }], ChannelSchema.Email).ShouldBeNull();
        SelectNotifications.Direct([], ChannelSchema.Email).ShouldBeNull();
    }

    private static Shipment Shipment(string body)
    {
        var request = Read(body);
        return V1ShipmentOf.Request(request, V1ShipmentOf.Recipients(request), "ttd", FixedClock.Start).Shipment;
    }

    private static SmsOrderRequest Read(string body) => JsonSerializer.Deserialize<SmsOrderRequest>(body, WireJson.Options)!;
}
