namespace Notifications.Consumers.Recipients;

/// <summary>Asks about many in as few questions as a neighbour takes, some of them at the same time. One part that fails is a failure of all.</summary>
internal static class InParts
{
    private const int AtTheSameTime = 4;

    public static async Task<IReadOnlyList<TAnswer>> Ask<TItem, TAnswer>(
        IReadOnlyCollection<TItem> items, int most, Func<TItem[], Task<IReadOnlyList<TAnswer>>> ask)
    {
        if (items.Count == 0)
            return [];
        if (items.Count <= most)
            return await ask([.. items]);

        using var places = new SemaphoreSlim(AtTheSameTime);
        var answers = await Task.WhenAll(items.Chunk(most).Select(async part =>
        {
            await places.WaitAsync();
            try
            {
                return await ask(part);
            }
            finally
            {
                places.Release();
            }
        }));
        return [.. answers.SelectMany(a => a)];
    }
}
