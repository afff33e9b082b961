using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Composed;

[Collection(SharedSystemTests.Name)]
public sealed class ComposedTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string Address => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Email_comes_with_its_files_and_nothing_of_them_is_kept()
    {
        var (pdf, text) = (Pdf(100_000), Encoding.UTF8.GetBytes("Blåbærsyltetøy"));
        var order = ComposedEmail.To(Address, await File("a å.pdf", pdf), ComposedEmail.File(await Blob("b.txt", text), "Blåbær.txt", "text/plain")).With("sendersReference", "ref-1");

        var answer = await _owner.PostComposed(order.ToJsonString());

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var accepted = answer.Accepted();
        answer.Location!.AbsolutePath.ShouldEndWith($"/orders/chain/{accepted.OrderId}");
        answer.Body.TryGetProperty("warnings", out _).ShouldBeFalse();
        var shipment = await _owner.UntilCompleted(accepted.ShipmentId);
        (shipment.Type, shipment.SendersReference, shipment.Notification).ShouldBe(("Composed", "ref-1", "Email_Delivered"));
        var arrived = (await system.Sandbox.Inbox(Address)).ShouldHaveSingleItem();
        arrived.Attachments!.Select(a => (a.Name, a.ContentType, a.Size, a.Sha256)).ShouldBe(
            [("letter.pdf", "application/pdf", pdf.Length, Hash(pdf)), ("Blåbær.txt", "text/plain", text.Length, Hash(text))]);
        (await system.Ledger.Attachments(accepted.ShipmentId)).ShouldBe(0);
        var entry = (await _owner.WholeFeed()).ShouldHaveSingleItem();
        (entry.ShipmentType, entry.Status).ShouldBe(("Composed", Shipment.Completed));
        (await _owner.GetChain(accepted.OrderId)).Body.GetProperty("shipments")[0].GetProperty("type").GetString().ShouldBe("Composed");
    }

    [Fact]
    public async Task Email_without_files_is_sent_like_any_other()
    {
        var order = ComposedEmail.To(Address).With("recipient.emailSettings.attachments", null);

        var accepted = (await _owner.PostComposed(order.ToJsonString())).Accepted();

        (await _owner.UntilCompleted(accepted.ShipmentId)).Type.ShouldBe("Composed");
        (await system.Sandbox.Inbox(Address)).ShouldHaveSingleItem().Attachments.ShouldBeNull();
    }

    [Fact]
    public async Task Body_of_Correspondence_is_taken_as_it_is_and_answered_with_what_it_reads()
    {
        var now = await system.Sandbox.Now();
        var address = await Blob("a.pdf", Pdf(10));
        var body = $$$$"""{"idempotencyId":"5e0c2d5e-8f6b-5c6e-9d43-0242ac120002","sendersReference":"corr-1234","requestedSendTime":"{{{{now.AddSeconds(10):yyyy-MM-ddTHH:mm:ss.fffffff}}}}+00:00","recipient":{"emailAddress":"{{{{Address}}}}","emailSettings":{"senderEmailAddress":null,"subject":"Ny melding","body":"Hei. X.","contentType":"Plain","attachments":[{"fileName":"a.pdf","mimeType":"application/pdf","sasUrl":"{{{{address}}}}"}]}}}""";

        var answer = await _owner.PostComposed(body);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        answer.Body.TryGetProperty("warnings", out _).ShouldBeFalse();
        answer.Body.GetProperty("notificationOrderId").GetGuid().ShouldNotBe(Guid.Empty);
        answer.Body.GetProperty("notification").GetProperty("sendersReference").GetString().ShouldBe("corr-1234");

        // Its retry policy signs the file anew and says another time.
        var again = await _owner.PostComposed(body.Replace(address, await Blob("a.pdf", Pdf(10), TimeSpan.FromDays(2)), StringComparison.Ordinal));
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Body.GetRawText().ShouldBe(answer.Body.GetRawText());
        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(10));
        await _owner.UntilCompleted(answer.Accepted().ShipmentId);
        (await system.Sandbox.Inbox(Address)).ShouldHaveSingleItem().Attachments!.ShouldHaveSingleItem().Name.ShouldBe("a.pdf");
    }

    [Fact]
    public async Task Same_order_many_times_at_once_is_one_email_and_other_content_is_a_conflict()
    {
        var order = ComposedEmail.To(Address, await File("a.pdf", Pdf(10)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _owner.PostComposed(order.ToJsonString())));
        var other = await _owner.PostComposed(order.With("recipient.emailSettings.attachments", new JsonArray(await File("b.pdf", Pdf(10)))).ToJsonString());

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(9);
        answers.Select(a => a.Body.GetRawText()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        other.Status.ShouldBe(HttpStatusCode.Conflict);
        other.Body.GetProperty("detail").GetString()!.ShouldContain("attachments[0].sasUrl");
        await _owner.UntilCompleted(answers[0].Accepted().ShipmentId);
        (await system.Sandbox.Inbox(Address)).Count.ShouldBe(1);
        (await _owner.Post(Order.Email(Address).Known((string)order["idempotencyId"]!))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Files_that_changed_meanwhile_are_sent_again_as_they_were_sent_first()
    {
        var first = Pdf(50_000);
        var order = ComposedEmail.To(Address, await File("a.pdf", first));
        var late = TimeSpan.FromMinutes(5);
        await system.Sandbox.Fault("acs", "reset-after", count: 1, reportDelayMs: (int)late.TotalMilliseconds, about: Address);
        try
        {
            var accepted = (await _owner.PostComposed(order.ToJsonString())).Accepted();
            await system.Sandbox.UntilInbox(Address);
            await Blob("a.pdf", Pdf(60_000));

            // The provider counts only calls with the same bytes. No report comes before, which would make the second call needless.
            var arrived = await Eventually.Until("The second call", () => system.Sandbox.Inbox(Address), messages => messages is [{ Attempts: 2 }]);
            arrived[0].Attachments!.ShouldHaveSingleItem().Sha256.ShouldBe(Hash(first));
            await system.Sandbox.AdvanceClock(late);
            await _owner.UntilCompleted(accepted.ShipmentId);
        }
        finally
        {
            await system.Sandbox.Fault("acs", "none");
        }
    }

    [Theory]
    [InlineData("missing", "Email_Failed_InvalidSasUrl")]
    [InlineData("unsigned", "Email_Failed_InvalidSasUrl")]
    [InlineData("too large", "Email_Failed_PayloadTooLarge")]
    [InlineData("a program", "Email_Failed")]
    public async Task File_that_cannot_be_sent_ends_its_email_where_the_owner_sees_it(string what, string state)
    {
        var address = await Blob("a.pdf", what switch { "too large" => Pdf(4_000_000), "a program" => "MZ"u8.ToArray(), _ => Pdf(10) });
        if (what == "missing")
            await system.Sandbox.RemoveBlob(Path("a.pdf"));
        var files = Enumerable.Range(0, what == "too large" ? 2 : 1).Select(_ => ComposedEmail.File(what == "unsigned" ? address + "x" : address)).ToArray<JsonNode>();

        var accepted = (await _owner.PostComposed(ComposedEmail.To(Address, files).ToJsonString())).Accepted();

        (await _owner.UntilCompleted(accepted.ShipmentId)).Notification.ShouldBe(state);
        (await _owner.WholeFeed()).ShouldHaveSingleItem().Recipients.ShouldHaveSingleItem().ShouldBe(new(Address, state));
        (await system.Sandbox.Inbox(Address)).ShouldBeEmpty();
        (await system.Ledger.Attachments(accepted.ShipmentId)).ShouldBe(0);
        (await _owner.Get($"shipment/{accepted.ShipmentId}/explain?language=en")).Body.GetProperty("story").EnumerateArray().Select(s => s.GetString()!)
            .ShouldContain(s => s.EndsWith("so nothing was sent.", StringComparison.Ordinal));
        (await _owner.V1.Get($"orders/{accepted.ShipmentId}/notifications/email")).Body.GetProperty("notifications")[0].GetProperty("sendStatus").GetProperty("status").GetString()
            .ShouldBe(state["Email_".Length..]);
    }

    [Theory]
    [InlineData("503")]
    [InlineData("throttle")]
    [InlineData("reset-before")]
    public async Task Storage_that_is_away_is_asked_again(string mode)
    {
        var order = ComposedEmail.To(Address, await File("a.pdf", Pdf(10)), await File("b.pdf", Pdf(20)));
        await system.Sandbox.Fault("blobs", mode, count: 1, about: Path(""));

        var accepted = (await _owner.PostComposed(order.ToJsonString())).Accepted();
        await _owner.UntilShipment(accepted.ShipmentId, s => s.Status == Shipment.Processing);
        await Eventually.Until("The call that fails", () => system.Sandbox.FaultLeft("blobs"), left => left == 0);

        // The pause begins when the failure is kept, which may be after the clock was moved.
        var completed = await Eventually.Until("The e-mail", async () =>
        {
            var shipment = await _owner.Shipment(accepted.ShipmentId);
            if (shipment.Status == Shipment.Processing)
                await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(3));
            return shipment;
        }, shipment => shipment.Status == Shipment.Completed);
        completed.Notification.ShouldBe("Email_Delivered");
        (await system.Sandbox.Inbox(Address)).ShouldHaveSingleItem().Attachments!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Order_that_waits_is_moved_as_far_as_its_files_are_good_and_cancelled_with_them()
    {
        var now = await system.Sandbox.Now();
        var order = ComposedEmail.To(Address, ComposedEmail.File(await Blob("a.pdf", Pdf(10), TimeSpan.FromDays(3)))).At(now.AddDays(1));
        var accepted = (await _owner.PostComposed(order.ToJsonString())).Accepted();

        (await _owner.Reschedule(accepted.ShipmentId, now.AddDays(2))).Status.ShouldBe(HttpStatusCode.OK);
        var tooFar = await _owner.Reschedule(accepted.ShipmentId, now.AddDays(3));
        tooFar.Status.ShouldBe(HttpStatusCode.BadRequest);
        tooFar.Errors().ShouldBe(["RequestedSendTime"]);
        (await system.Ledger.Attachments(accepted.ShipmentId)).ShouldBe(1);

        (await _owner.CancelChain(accepted.OrderId)).Status.ShouldBe(HttpStatusCode.OK);
        (await _owner.Shipment(accepted.ShipmentId)).Status.ShouldBe(Shipment.Cancelled);
        (await system.Ledger.Attachments(accepted.ShipmentId)).ShouldBe(0);
    }

    [Fact]
    public async Task Condition_is_asked_before_a_file_is_fetched()
    {
        var condition = await system.Sandbox.Condition(_owner.Creator, [false]);
        var order = ComposedEmail.To(Address, await File("a.pdf", Pdf(10))).With("conditionEndpoint", condition);
        await system.Sandbox.Fault("blobs", "503", count: 1, about: Path(""));

        var accepted = (await _owner.PostComposed(order.ToJsonString())).Accepted();

        await _owner.UntilShipment(accepted.ShipmentId, s => s.Status == Shipment.SendConditionNotMet);
        (await system.Sandbox.FaultLeft("blobs")).ShouldBe(1, "Nobody has asked for the file.");
        await system.Sandbox.Fault("blobs", "none");
        (await system.Ledger.Attachments(accepted.ShipmentId)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_wrong_is_named_as_clients_know_it_and_where_it_stands()
    {
        var order = ComposedEmail.To(Address, ComposedEmail.File("https://example.no/a.pdf", "letter", "application/x-msdownload"));

        var answer = await _owner.PostComposed(order.ToJsonString());

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe(
            ["Recipient.Settings.Attachments[0].Filename", "Recipient.Settings.Attachments[0].MimeType", "Recipient.Settings.Attachments[0].SasUrl"], ignoreOrder: true);
        answer.Body.GetProperty("pointers").GetProperty("Recipient.Settings.Attachments[0].SasUrl").GetString().ShouldBe("/recipient/emailSettings/attachments/0/sasUrl");
    }

    [Fact]
    public async Task Only_the_scope_for_it_lets_in()
    {
        var order = ComposedEmail.To(Address, await File("a.pdf", Pdf(10))).ToJsonString();

        (await _owner.PostComposed(order, token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.PostComposed(order, await system.Sandbox.Token(_owner.Creator))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _owner.PostComposed(order)).Status.ShouldBe(HttpStatusCode.Created);
    }

    private string Path(string name) => $"{_owner.Creator}.blob.core.windows.net/letters/{Uri.EscapeDataString(name)}";

    private Task<string> Blob(string name, byte[] content, TimeSpan? expiresIn = null) => system.Sandbox.Blob(Path(name), content, expiresIn);

    private async Task<JsonObject> File(string name, byte[] content) => ComposedEmail.File(await Blob(name, content));

    /// <summary>A file of a size, whose content is never the same twice.</summary>
    private static byte[] Pdf(int size) => [.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(size)];

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
