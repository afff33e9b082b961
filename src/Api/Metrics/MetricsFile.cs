using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Api.Metrics;

/// <summary>A table as CSV (RFC 4180), on disk until it is sent: its headers say what is only known when all of it is written.</summary>
internal sealed record MetricsFile(Stream Content, long Rows, string Hash)
{
    private const int BufferSize = 64 * 1024;

    public static async Task<MetricsFile> Write(IEnumerable<string> columns, IAsyncEnumerable<string?[]> rows, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var count = 0L;
            await using (var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true))
            {
                await writer.WriteAsync(Line(columns).AsMemory(), cancellationToken);
                await foreach (var row in rows.WithCancellation(cancellationToken))
                {
                    await writer.WriteAsync(Line(row).AsMemory(), cancellationToken);
                    count++;
                }
            }
            return new MetricsFile(file, count, await HashOf(file, cancellationToken));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    internal static string Line(IEnumerable<string?> values) => string.Join(',', values.Select(Quoted)) + "\r\n";

    private static string Quoted(string? value) =>
        value is null ? "" : value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Clients check by it that a file came whole, and expect this one.")]
    private static async Task<string> HashOf(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var hash = Convert.ToBase64String(await MD5.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        return hash;
    }
}
