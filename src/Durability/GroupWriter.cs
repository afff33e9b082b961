using System.Threading.Channels;

namespace Notifications.Durability;

/// <summary>
/// Batches without waiting, unless a pace is set: a lone item is written at once, and items that arrive while a write is running form the next batch.
/// A failed batch of more than one item is retried item by item, so that only the culprit fails; the write must therefore be all or nothing.
/// </summary>
/// <param name="write">Writes a batch and answers one result per item, in order.</param>
/// <param name="writers">How many writes may run at the same time.</param>
/// <param name="maxBatch">The largest batch.</param>
/// <param name="pace">
/// How long after the beginning of a write the writer's next begins at the earliest, in whole milliseconds: for items that can wait a moment,
/// of which many are then one write. None by default.
/// </param>
public sealed class GroupWriter<TItem, TResult> : IAsyncDisposable
{
    readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> _write;
    readonly int _maxBatch;
    readonly TimeSpan _pace;
    readonly Channel<Entry> _waiting = Channel.CreateUnbounded<Entry>();
    readonly CancellationTokenSource _stopping = new();
    readonly Task[] _writers;

    public GroupWriter(
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write,
        int writers = 1,
        int maxBatch = 128,
        TimeSpan pace = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBatch);
        _write = write;
        _maxBatch = maxBatch;
        _pace = pace;
        _writers = Enumerable.Range(0, writers).Select(_ => Task.Run(Work)).ToArray();
    }

    /// <summary>
    /// Completes when the item is written. Cancelling gives up waiting: an item whose batch has begun may still be written.
    /// </summary>
    public async Task<TResult> Write(TItem item, CancellationToken ct = default)
    {
        var entry = new Entry(item, ct);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(entry), this);

        return await entry.Result.Task.WaitAsync(ct);
    }

    /// <summary>Writes what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete())
            return;

        _stopping.CancelAfter(TimeSpan.FromSeconds(10));
        await Task.WhenAll(_writers);
        _stopping.Dispose();
    }

    async Task Work()
    {
        var batch = new List<Entry>(_maxBatch);
        var began = 0L;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            if (_pace > TimeSpan.Zero && _pace - TimeProvider.System.GetElapsedTime(began) is { Ticks: > 0 } left)
                await Task.Delay(left);

            // What is ready to run runs first: it may be about to add to the batch.
            await Task.Yield();
            batch.Clear();
            while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out var entry))
            {
                if (!entry.Abandoned.IsCancellationRequested)
                    batch.Add(entry);
            }

            if (batch.Count > 0)
            {
                began = TimeProvider.System.GetTimestamp();
                await Write(batch);
            }
        }
    }

    async Task Write(List<Entry> batch)
    {
        try
        {
            var results = await _write(batch.ConvertAll(entry => entry.Item), _stopping.Token);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Result.TrySetResult(results[i]);
        }
        catch (Exception exception) when (batch.Count == 1)
        {
            batch[0].Result.TrySetException(exception);
        }
        catch (Exception)
        {
            foreach (var entry in batch)
                await Write([entry]);
        }
    }

    sealed class Entry(TItem item, CancellationToken abandoned)
    {
        public TItem Item { get; } = item;
        public CancellationToken Abandoned { get; } = abandoned;
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
