namespace Notifications.Durability;

/// <summary>
/// A statement with positional parameters <c>$1..$n</c>. The values become untyped parameters afresh at every execution, because a
/// batch may be retried; a type that PostgreSQL cannot infer (jsonb, enums) is given by a cast in the text.
/// </summary>
public sealed record Statement(string Text, params object?[] Values)
{
    /// <summary>All values are arrays with an element for each row, so that this and others of the same text can be run as one: see <see cref="RowStatement"/>.</summary>
    internal bool IsOfRows { get; init; }
}
