using System.Diagnostics;
using Notifications.Durability;

namespace Notifications.Tests.DurabilityContract;

public sealed class GroupWriterTests
{
    [Fact]
    public async Task A_lone_item_is_written_at_once()
    {
        await using var writer = new GroupWriter<int, int>((items, _) => Task.FromResult<IReadOnlyList<int>>([.. items.Select(item => item * 2)]));

        (await writer.Write(21)).ShouldBe(42);
    }

    [Fact]
    public async Task Items_that_arrive_while_a_write_is_running_form_the_next_batch()
    {
        var batches = new List<int>();
        var firstMayEnd = new TaskCompletionSource();
        await using var writer = new GroupWriter<int, int>(async (items, _) =>
        {
            batches.Add(items.Count);
            if (batches.Count == 1)
                await firstMayEnd.Task;

            return items;
        });

        var first = writer.Write(0);
        await Eventually.Equals(() => Task.FromResult(batches.Count), 1);
        var others = Enumerable.Range(1, 200).Select(i => writer.Write(i)).ToArray();
        firstMayEnd.SetResult();
        await Task.WhenAll([first, .. others]);

        batches.ShouldBe([1, 128, 72]);
    }

    [Fact]
    public async Task A_paced_writer_writes_a_lone_item_at_once_and_what_comes_soon_after_together()
    {
        var pace = TimeSpan.FromSeconds(2);
        var batches = new List<(int Count, long At)>();
        await using var writer = new GroupWriter<int, int>(
            (items, _) =>
            {
                batches.Add((items.Count, Stopwatch.GetTimestamp()));
                return Task.FromResult(items);
            },
            pace: pace);

        await writer.Write(0);
        var soonAfter = Enumerable.Range(1, 50).Select(i => writer.Write(i)).ToArray();
        batches.Select(b => b.Count).ShouldBe([1]);
        await Task.WhenAll(soonAfter);

        batches.Select(b => b.Count).ShouldBe([1, 50]);
        Stopwatch.GetElapsedTime(batches[0].At, batches[1].At).ShouldBeGreaterThan(pace / 2, "Nearly; the writer's clock began a little earlier.");
    }

    [Fact]
    public async Task Only_the_culprit_of_a_failed_batch_fails()
    {
        var firstMayEnd = new TaskCompletionSource();
        await using var writer = new GroupWriter<int, int>(async (items, _) =>
        {
            if (items[0] == 0)
                await firstMayEnd.Task;

            return items.Contains(13) ? throw new InvalidOperationException("thirteen") : items;
        });

        var writes = Enumerable.Range(0, 20).Select(i => writer.Write(i)).ToArray();
        firstMayEnd.SetResult();

        await Should.ThrowAsync<InvalidOperationException>(() => writes[13]);
        (await Task.WhenAll(writes.Where((_, i) => i != 13))).Length.ShouldBe(19);
    }

    [Fact]
    public async Task Disposing_writes_what_is_waiting()
    {
        var written = 0;
        var writer = new GroupWriter<int, int>((items, _) =>
        {
            written += items.Count;
            return Task.FromResult(items);
        });
        var writes = Enumerable.Range(0, 300).Select(i => writer.Write(i)).ToArray();

        await writer.DisposeAsync();

        await Task.WhenAll(writes);
        written.ShouldBe(300);
    }
}
