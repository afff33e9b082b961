namespace Notifications.Sandbox.Tokens;

/// <summary>Maskinporten takes an assertion once.</summary>
internal sealed class UsedAssertions(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>False when it was used before.</summary>
    /// <param name="id">Its <c>jti</c>.</param>
    /// <param name="until">After this moment it is refused anyway.</param>
    public bool Use(string id, DateTimeOffset until)
    {
        lock (_gate)
        {
            foreach (var (expired, _) in _until.Where(used => used.Value < time.GetUtcNow()).ToArray())
                _until.Remove(expired);
            return _until.TryAdd(id, until);
        }
    }
}
