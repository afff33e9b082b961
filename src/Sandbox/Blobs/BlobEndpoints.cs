using System.Globalization;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Blobs;

/// <summary>
/// All of Azure Blob Storage, as far as the reading of one file by an address that its owner signed. What is put at
/// <c>/blobs/{host}/{container}/{name}</c> is the file of <c>https://{host}/{container}/{name}</c>.
/// </summary>
internal static class BlobEndpoints
{
    private const string Path = "/blobs/{host}/{**name}";
    private const string Domain = ".blob.core.windows.net";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void MapBlobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put);
        routes.MapGet(Path, Get).CanFail("blobs");
        routes.MapDelete(Path, (string host, string name, BlobFiles files, SandboxJournal journal) =>
        {
            if (!files.Remove(host, name))
                return Results.NotFound();
            journal.Write(new BlobRemoved(host, name));
            return Results.NoContent();
        });
    }

    /// <summary>Keeps a file, and answers the address by which it may be read.</summary>
    private static async Task<IResult> Put(string host, string name, HttpContext context, BlobFiles files, BlobSignature signature, SandboxJournal journal, TimeProvider time, double? expiresIn)
    {
        if (!host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) || !name.Contains('/', StringComparison.Ordinal))
            return Results.Problem($"Put a file at /blobs/{{account}}{Domain}/{{container}}/{{name}}.", statusCode: 400);

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        files.Put(host, name, content.ToArray());
        journal.Write(new BlobPut(host, name, content.ToArray()));

        var until = time.GetUtcNow() + (expiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : Lifetime);
        var expiry = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var query = $"sv=2024-11-04&se={Uri.EscapeDataString(expiry)}&sr=b&sp=r&sig={Uri.EscapeDataString(signature.Of(host, name, expiry, "r"))}";
        return Results.Json(new { sasUrl = $"https://{host}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}?{query}", size = content.Length }, statusCode: 201);
    }

    private static IResult Get(string host, string name, HttpContext context, BlobFiles files, BlobSignature signature, TimeProvider time)
    {
        var (expiry, permissions, signed) = (context.Request.Query["se"].ToString(), context.Request.Query["sp"].ToString(), context.Request.Query["sig"].ToString());
        var isOpen = permissions.Contains('r', StringComparison.Ordinal) && signed == signature.Of(host, name, expiry, permissions)
            && DateTimeOffset.TryParse(expiry, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && until > time.GetUtcNow();
        return !isOpen ? Refuse(context, 403, "AuthenticationFailed")
            : files.Find(host, name) is { } content ? Results.Bytes(content, "application/octet-stream")
            : Refuse(context, 404, "BlobNotFound");
    }

    private static IResult Refuse(HttpContext context, int status, string code)
    {
        context.Response.Headers["x-ms-error-code"] = code;
        return Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code></Error>", "application/xml", statusCode: status);
    }
}
