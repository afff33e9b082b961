using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class WarningTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Member_that_nobody_reads_is_named_in_the_answer_also_when_the_order_is_sent_again()
    {
        var order = Order.Email("a@example.no").With("recipient.recipientEmail.emailSettings.fromAddress", "x").With("colour", "blue");
        foreach (var status in new[] { HttpStatusCode.Created, HttpStatusCode.OK })
        {
            var answer = await _owner.Post(order);
            answer.Status.ShouldBe(status);
            var warnings = answer.Body.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!).ToArray();
            warnings.Length.ShouldBe(2);
            warnings.ShouldContain(w => w.Contains("/recipient/recipientEmail/emailSettings/fromAddress"));
            warnings.ShouldContain(w => w.Contains("/colour"));
        }
    }

    [Fact]
    public async Task Who_wants_to_be_strict_is_refused_and_nothing_is_kept()
    {
        var order = Order.Email("a@example.no").With("colour", "blue");
        var answer = await _owner.PostText(order.ToJsonString(), prefer: "respond-async, handling=strict");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("pointers").GetProperty("$.colour").GetString().ShouldBe("/colour");
        (await _owner.Post(order)).Status.ShouldBe(HttpStatusCode.Created);
    }
}
