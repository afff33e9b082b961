using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

[Collection(SharedSystemTests.Name)]
public sealed class BadInputTests(SharedSystem system)
{
    private readonly V1Driver _owner = system.NewOwner().V1;

    [Fact]
    public async Task Member_that_nobody_reads_is_named_in_the_answer()
    {
        var answer = await _owner.Post("orders/email", EmailTo(Email("a@example.no").With("isReserved", false).With("phone", "+4799999999")));

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        answer.Body.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("/recipients/0/phone");
    }

    [Fact]
    public async Task Reference_that_no_order_can_have_is_refused() =>
        (await _owner.Get("orders?sendersReference=a%00b")).Errors().ShouldBe(["sendersReference"]);
}
