namespace Notifications.Durability;

/// <summary>Puts the rows of equal statements together.</summary>
static class RowStatements
{
    /// <summary>The statements of all parts. Each part's come in its order, because only what is next in other parts joins.</summary>
    public static IEnumerable<Statement> Joined(IEnumerable<IReadOnlyList<Statement>> parts)
    {
        var queues = parts.Where(statements => statements.Count > 0).Select(statements => new Queue<Statement>(statements)).ToArray();
        foreach (var queue in queues)
        {
            while (queue.TryDequeue(out var next))
                yield return next.IsOfRows ? Join(next, queues) : next;
        }
    }

    static Statement Join(Statement first, Queue<Statement>[] queues)
    {
        List<Statement> equal = [first];
        foreach (var queue in queues)
        {
            while (queue.TryPeek(out var next) && next.IsOfRows && string.Equals(next.Text, first.Text, StringComparison.Ordinal))
                equal.Add(queue.Dequeue());
        }

        return equal.Count == 1 ? first : first with { Values = [.. first.Values.Select((_, column) => Column(equal, column))] };
    }

    static Array Column(List<Statement> statements, int column)
    {
        var parts = statements.ConvertAll(statement => (Array)statement.Values[column]!);
        var all = Array.CreateInstance(parts[0].GetType().GetElementType()!, parts.Sum(part => part.Length));
        var filled = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, filled);
            filled += part.Length;
        }

        return all;
    }
}
