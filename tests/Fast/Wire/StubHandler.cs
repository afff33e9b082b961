using System.Net;
using System.Net.Http.Headers;

namespace Notifications.Tests.Fast.Wire;

/// <summary>Answers HTTP requests without a wire, and keeps what was asked.</summary>
internal sealed class StubHandler(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<SeenRequest> Seen { get; } = [];

    public static StubHandler Answers(HttpStatusCode status, string body = "", Action<HttpResponseMessage>? configure = null) => new(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        configure?.Invoke(response);
        return Task.FromResult(response);
    });

    public static StubHandler Throws(Exception exception) => new(_ => Task.FromException<HttpResponseMessage>(exception));

    public static StubHandler NeverAnswers() => new(async cancellationToken =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Seen.Add(new SeenRequest(request.Method, request.RequestUri!, request.Headers, request.Content?.Headers.ContentType, body));
        return await answer(cancellationToken);
    }
}

internal sealed record SeenRequest(HttpMethod Method, Uri Address, HttpRequestHeaders Headers, MediaTypeHeaderValue? ContentType, byte[] Body);
