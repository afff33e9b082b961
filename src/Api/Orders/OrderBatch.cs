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

    public bool IsKnownType => request.ContentType is null || IsLines || request.HasJsonContentType();

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
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                if (Content(rest.Slice(0, end)) is { } line)
                    yield return line;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (read.IsCompleted || rest.Length > limits.RequestBytes)
            {
                if (Content(rest) is { } last)
                    yield return last;
                yield break;
            }
            request.BodyReader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Null for a line that holds nothing.</summary>
    private static byte[]? Content(ReadOnlySequence<byte> line)
    {
        var content = line.ToArray();
        return content.AsSpan().Trim(" \t\r"u8).IsEmpty ? null : content;
    }
}
