using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Limits;
using Notifications.Api.Wire;

namespace Notifications.Api.Orders;

/// <summary>
/// <c>POST /future/orders/batch</c>: many orders in one request, each of them as if it had come alone. The answer has a line for each, in
/// their order, and is written while the request is still being read.
/// </summary>
public static class PostOrderBatch
{
    private const string BodyName = "notificationOrderRequest";

    /// <summary>How many orders of one batch are under way at the same time; those that end together share a commit.</summary>
    private const int UnderWay = 32;

    private static readonly JsonSerializerOptions OnOneLine = new(WireJson.Options) { WriteIndented = false };

    public static void MapPostOrderBatch(this IEndpointRouteBuilder routes) => routes
        .MapPost("/future/orders/batch", Handle)
        .WithName("PostOrderBatch").WithTags("Order").WithSummary("Order many notifications at once")
        .WithDescription("A JSON array of orders, or one order on each line (application/x-ndjson). The answer has one line for each order, in their order. Each order stands alone: one that fails does not stop another, and each has its own idempotencyId.")
        .Accepts<OrderRequest[]>("application/json", OrderBatch.LineType)
        .Produces<BatchLine>(StatusCodes.Status207MultiStatus, OrderBatch.LineType)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .WithExample("Two orders", OrderExamples.Batch);

    private static async Task<IResult> Handle(HttpContext http, OrderIntake orders, RequestRate rate, LimitSettings limits)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.BatchBytes;
        var batch = new OrderBatch(http.Request, limits);
        if (!batch.IsKnownType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);

        await using var items = batch.Items(http.RequestAborted).GetAsyncEnumerator(http.RequestAborted);
        var any = await items.MoveNextAsync();
        if (any && items.Current.Problem is { } unreadable)
            return unreadable;

        http.Response.StatusCode = StatusCodes.Status207MultiStatus;
        http.Response.ContentType = OrderBatch.LineType;
        // A client that reads nothing before it has sent everything must not be waited for: there are only so many lines.
        var lines = Channel.CreateUnbounded<Task<BatchLine>>(new() { SingleReader = true, SingleWriter = true });
        var taking = new BatchTaking(orders, rate, Creator.Of(http.User)!, Handling.Of(http), http.RequestAborted);
        await Task.WhenAll(taking.TakeAll(any ? items : null, lines.Writer), Write(lines.Reader, http.Response, http.RequestAborted));
        return Results.Empty;
    }

    private static async Task Write(ChannelReader<Task<BatchLine>> lines, HttpResponse response, CancellationToken cancellationToken)
    {
        await foreach (var line in lines.ReadAllAsync(cancellationToken))
        {
            if (!line.IsCompleted)
                await response.BodyWriter.FlushAsync(cancellationToken);
            await JsonSerializer.SerializeAsync(response.BodyWriter, await line, OnOneLine, cancellationToken);
            response.BodyWriter.Write("\n"u8);
        }
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void Write(this System.IO.Pipelines.PipeWriter writer, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(writer, bytes);

    /// <summary>Takes the orders of one batch in, some at a time.</summary>
    private sealed class BatchTaking(OrderIntake orders, RequestRate rate, string creator, Handling handling, CancellationToken aborted)
    {
        /// <summary>Holds something for each order that is under way.</summary>
        private readonly Channel<int> _underWay = Channel.CreateBounded<int>(UnderWay);

        public async Task TakeAll(IAsyncEnumerator<BatchItem>? items, ChannelWriter<Task<BatchLine>> lines)
        {
            try
            {
                if (items is null)
                    return;
                var index = 0;
                do
                {
                    await _underWay.Writer.WriteAsync(index, aborted);
                    await rate.Turn(creator, aborted);
                    lines.TryWrite(Take(index++, items.Current));
                }
                while (await items.MoveNextAsync());
            }
            finally
            {
                lines.Complete();
            }
        }

        private async Task<BatchLine> Take(int index, BatchItem item)
        {
            try
            {
                return BatchLine.Of(index, item.Problem ?? await Take(item.Json));
            }
            catch (Exception e) when (Away.Is(e))
            {
                return BatchLine.Of(index, Problems.Away());
            }
            finally
            {
                _underWay.Reader.TryRead(out _);
            }
        }

        private async Task<IResult> Take(byte[] json)
        {
            // What is left of the reading goes on meanwhile.
            await Task.Yield();
            var order = RequestBody.Parse<OrderRequest>(json, BodyName, handling);
            return order.Value is { } request ? await orders.Take(request, order.Warnings, creator, aborted) : order.Problem!;
        }
    }
}

/// <summary>What became of one order of a batch.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Status">The status it would have had alone.</param>
/// <param name="Problem">The body of an answer that is not 200 or 201.</param>
public sealed record BatchLine(int Index, int Status, object? Problem)
{
    public Guid? NotificationOrderId { get; init; }

    public OrderResponse.Main? Notification { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    internal static BatchLine Of(int index, IResult answer)
    {
        var status = ((IStatusCodeHttpResult)answer).StatusCode ?? StatusCodes.Status200OK;
        return ((IValueHttpResult)answer).Value is OrderResponse order
            ? new(index, status, Problem: null) { NotificationOrderId = order.NotificationOrderId, Notification = order.Notification, Warnings = order.Warnings }
            : new(index, status, ((IValueHttpResult)answer).Value);
    }
}
