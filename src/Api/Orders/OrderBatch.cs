using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Notifications.Api.Limits;
using Notifications.Api.Wire;

namespace Notifications.Api.Orders;

/// <summary>One order of a batch as it came, or what ends the reading of the batch.</summary>
internal sealed record BatchItem(byte[] Json, IResult? Problem = null);

/// <summary>Reads the orders of a batch one by one, each as its bytes, so that one that cannot be read is only one.</summary>
internal sealed class OrderBatch(HttpRequest request, LimitSettings limits)
{
    public const string LineType = "application/x-ndjson";

    private bool IsLines => request.ContentType?.StartsWith(LineType, StringComparison.OrdinalIgnoreCase) == true;

    public bool IsKnownType => (request.ContentType is null || IsLines || request.HasJsonContentType()) && !RequestBody.IsCompressed(request);

    /// <summary>Ends with an item that has a problem when the rest cannot be read.</summary>
    public async IAsyncEnumerable<BatchItem> Items([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var orders = (IsLines ? Lines(cancellationToken) : Elements(cancellationToken)).GetAsyncEnumerator(cancellationToken);
        for (var read = 0; await Next(orders, read) is { } item; read++)
        {
            yield return item;
            if (item.Problem is not null)
                yield break;
        }
    }

    private async Task<BatchItem?> Next(IAsyncEnumerator<byte[]> orders, int read)
    {
        try
        {
            if (!await orders.MoveNextAsync())
                return null;
            return read < limits.BatchOrders && orders.Current.Length <= limits.RequestBytes ? new(orders.Current) : new([], Problems.TooLarge());
        }
        catch (JsonException)
        {
            return new([], Problems.Unreadable("$", "Give a JSON array of orders, or one order on each line.", "orders"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new([], Problems.TooLarge());
        }
    }

    private async IAsyncEnumerable<byte[]> Elements([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(request.Body, WireJson.Options, cancellationToken))
            yield return Encoding.UTF8.GetBytes(element.GetRawText());
    }

    private async IAsyncEnumerable<byte[]> Lines([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var (lines, rest) = (new List<byte[]>(), read.Buffer);
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Add(lines, rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            var isLast = read.IsCompleted || rest.Length > limits.RequestBytes;
            if (isLast)
            {
                Add(lines, rest);
                rest = rest.Slice(rest.End);
            }
            // Before any line is handed on, for whoever reads them may stop at each: a connection whose reader is left in the middle is lost.
            request.BodyReader.AdvanceTo(rest.Start, rest.End);
            foreach (var line in lines)
                yield return line;
            if (isLast)
                yield break;
        }
    }

    /// <summary>A line that holds nothing is no order.</summary>
    private static void Add(List<byte[]> lines, ReadOnlySequence<byte> line)
    {
        var content = line.ToArray();
        if (!content.AsSpan().Trim(" \t\r"u8).IsEmpty)
            lines.Add(content);
    }
}
