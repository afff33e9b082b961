using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Notifications.Consumers.Attachments;
using Notifications.Hosting.Settings;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Attachments;

public sealed class BlobStorageTests
{
    private const int Room = 100;
    private static readonly Uri Address = new("https://ttd.blob.core.windows.net/letters/a%20b.txt?se=2026&sig=a%2Bb");
    private readonly FixedClock _clock = new();

    [Fact]
    public async Task A_file_is_its_bytes()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, "content");

        Encoding.UTF8.GetString((await Fetch(handler)).Content!).ShouldBe("content");
        handler.Seen.ShouldHaveSingleItem().Address.ShouldBe(Address);
    }

    [Fact]
    public async Task In_a_sandbox_the_sandbox_is_the_storage()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, "content");

        await Fetch(handler, settings: new AttachmentSettings { Storage = new Uri("http://localhost:5095/blobs/") });

        handler.Seen.ShouldHaveSingleItem().Address.AbsoluteUri.ShouldBe("http://localhost:5095/blobs/ttd.blob.core.windows.net/letters/a%20b.txt?se=2026&sig=a%2Bb");
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, NotificationState.Failed_InvalidSasUrl)]
    [InlineData(HttpStatusCode.NotFound, NotificationState.Failed_InvalidSasUrl)]
    [InlineData(HttpStatusCode.Conflict, NotificationState.Failed_InvalidSasUrl)]
    [InlineData(HttpStatusCode.Redirect, NotificationState.Failed_InvalidSasUrl)]
    [InlineData(HttpStatusCode.PartialContent, NotificationState.Failed_InvalidSasUrl)]
    [InlineData(HttpStatusCode.RequestTimeout, null)]
    [InlineData(HttpStatusCode.TooManyRequests, null)]
    [InlineData(HttpStatusCode.InternalServerError, null)]
    [InlineData(HttpStatusCode.ServiceUnavailable, null)]
    public async Task Any_other_answer_is_final_or_passing(HttpStatusCode status, NotificationState? failure)
    {
        var fetched = await Fetch(StubHandler.Answers(status, "no", response => response.Headers.Add("x-ms-error-code", "SomeCode")));

        (fetched.Content, fetched.Failure).ShouldBe((null, failure));
        fetched.Reason.ShouldContain($"{(int)status} SomeCode");
        fetched.Reason.ShouldNotContain("sig");
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public async Task A_storage_that_is_not_reached_is_asked_again(HttpRequestError error)
    {
        var fetched = await Fetch(StubHandler.Throws(new HttpRequestException(error)));

        (fetched.Content, fetched.Failure).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_in_time_is_asked_again()
    {
        var fetched = await Fetch(StubHandler.NeverAnswers(), timeout: TimeSpan.FromMilliseconds(50));

        (fetched.Content, fetched.Failure).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(Room, null)]
    [InlineData(Room + 1, NotificationState.Failed_PayloadTooLarge)]
    [InlineData(100_000, NotificationState.Failed_PayloadTooLarge)]
    public async Task A_file_for_which_there_is_no_room_is_refused(int size, NotificationState? failure) =>
        (await Fetch(StubHandler.Answers(HttpStatusCode.OK, new string('x', size)))).Failure.ShouldBe(failure);

    [Fact]
    public async Task A_file_that_is_not_what_it_is_called_is_refused() =>
        (await Fetch(StubHandler.Answers(HttpStatusCode.OK, "MZ and more"))).Failure.ShouldBe(NotificationState.Failed);

    [Fact]
    public async Task An_address_that_has_expired_is_not_asked()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, "content");

        (await Fetch(handler, expiresAt: _clock.Now)).Failure.ShouldBe(NotificationState.Failed_InvalidSasUrl);

        handler.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Attachments:LargestTotal", "0")]
    [InlineData("Attachments:LargestTotal", "much")]
    [InlineData("Attachments:Timeout", "0")]
    [InlineData("Attachments:Storage", "here")]
    [InlineData("Attachments:Scanner", "clamav:3310")]
    [InlineData("Attachments:Scanner", "tcp://clamav")]
    public void A_setting_that_is_wrong_is_named(string name, string value) =>
        Should.Throw<SettingException>(() => AttachmentSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build())).Message.ShouldContain(name);

    private async Task<FetchedAttachment> Fetch(StubHandler handler, AttachmentSettings? settings = null, TimeSpan? timeout = null, DateTimeOffset? expiresAt = null)
    {
        using var http = new HttpClient(handler) { Timeout = timeout ?? TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 10 * Room };
        return await new BlobStorage(http, settings ?? new AttachmentSettings(), _clock)
            .Fetch(new AttachmentToFetch(0, "text/plain", Address, expiresAt ?? _clock.Now.AddMinutes(1), 0), Room, CancellationToken.None);
    }
}
