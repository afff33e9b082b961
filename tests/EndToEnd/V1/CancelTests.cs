using System.Net;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

[Collection(SharedSystemTests.Name)]
public sealed class CancelTests(SharedSystem system)
{
    private readonly V1Driver _owner = system.NewOwner().V1;

    [Fact]
    public async Task Cancelled_order_answers_with_its_status_however_often_it_is_cancelled()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email("ada@example.no"), Person("16069412345")).At(await system.Sandbox.Now() + TimeSpan.FromDays(1)));

        foreach (var answer in new[] { await _owner.Put($"orders/{id}/cancel"), await _owner.Put($"orders/{id}/cancel") })
        {
            answer.Status.ShouldBe(HttpStatusCode.OK);
            answer.Body.GetProperty("id").GetGuid().ShouldBe(id);
            answer.Body.GetProperty("processingStatus").GetProperty("status").GetString().ShouldBe("Cancelled");
            answer.Body.GetRawText().ShouldBe((await _owner.Get($"orders/{id}/status")).Body.GetRawText());
        }
    }

    [Fact]
    public async Task Order_that_was_handed_off_cannot_be_cancelled()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email($"sent-{_owner.Creator}@example.no")));
        await _owner.UntilEach(id, "email", "Delivered");

        var answer = await _owner.Put($"orders/{id}/cancel");
        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Body.GetProperty("title").GetString().ShouldBe("Conflict");
    }

    [Fact]
    public async Task Order_that_is_not_the_callers_is_not_there()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email("ada@example.no")).At(await system.Sandbox.Now() + TimeSpan.FromDays(1)));

        var answer = await system.NewOwner().V1.Put($"orders/{id}/cancel");
        (answer.Status, answer.Body.GetProperty("title").GetString()).ShouldBe((HttpStatusCode.NotFound, "Not Found"));
        (await _owner.Get($"orders/{id}/status")).Body.GetProperty("processingStatus").GetProperty("status").GetString().ShouldBe("Registered");
    }

    [Fact]
    public async Task Something_that_is_no_id_is_refused()
    {
        var answer = await _owner.Put("orders/17/cancel");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe(["id"]);
    }
}
