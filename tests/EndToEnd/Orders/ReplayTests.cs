using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class ReplayTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Same_order_again_is_the_same_order()
    {
        var order = Order.Email($"{_owner.Creator}@example.no").RemindedAfterDays(7, Order.SmsRecipient("+4798000002"));
        var first = await _owner.Post(order);
        var again = await _owner.Post(order);

        first.Status.ShouldBe(HttpStatusCode.Created);
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        await _owner.UntilCompleted(first.Accepted().ShipmentId);
        (await system.Sandbox.Inbox($"{_owner.Creator}@example.no")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Same_order_many_times_at_once_is_one_order()
    {
        var order = Order.Email($"{_owner.Creator}@example.no");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _owner.Post(order)));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(99);
        answers.Select(a => a.Body.GetRawText()).Distinct().Count().ShouldBe(1);
        await _owner.UntilCompleted(answers[0].Accepted().ShipmentId);
        (await system.Sandbox.Inbox($"{_owner.Creator}@example.no")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_a_conflict_that_names_what_differs()
    {
        var order = Order.Email($"{_owner.Creator}@example.no", body: "One");
        await _owner.Post(order);
        var answer = await _owner.Post(order.With("recipient.recipientEmail.emailSettings.body", "Other"));

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("recipient.recipientEmail.emailSettings.body");
        answer.Body.GetProperty("detail").GetString()!.ShouldNotContain("Subject", Case.Sensitive);
    }

    [Fact]
    public async Task Idempotency_ids_of_two_creators_have_nothing_to_do_with_each_other()
    {
        var other = system.NewOwner();
        var order = Order.Email($"{_owner.Creator}@example.no");

        (await _owner.Post(order)).Status.ShouldBe(HttpStatusCode.Created);
        (await other.Post(order)).Status.ShouldBe(HttpStatusCode.Created);
    }
}
