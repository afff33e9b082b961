namespace Notifications.Sandbox.Faults;

/// <summary>Answers over HTTP that do not come to a good end.</summary>
internal static class BrokenAnswer
{
    public static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] Noise = [.. Enumerable.Repeat((byte)' ', 64 * 1024)];

    /// <summary>A byte at a time, and no end: the connection breaks then.</summary>
    public static async Task Drip(HttpContext context, Task until)
    {
        context.Response.ContentLength = Noise.Length;
        while (!until.IsCompleted)
        {
            await context.Response.Body.WriteAsync(Noise.AsMemory(0, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.WhenAny(until, Task.Delay(BetweenBytes, context.RequestAborted));
        }
        context.Abort();
    }

    /// <summary>As much as the client takes.</summary>
    public static async Task Flood(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(Noise, context.RequestAborted);
    }
}
