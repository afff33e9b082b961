namespace Notifications.Consumers.HandOff;

/// <summary>Whether most of the latest calls to a provider failed. One message that always fails is not enough.</summary>
internal sealed class FailureRate(TimeProvider clock)
{
    private const int FewestFailures = 10;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _since;
    private int _calls;
    private int _failures;

    /// <summary>True once, for the call with which it becomes too much.</summary>
    public bool Count(bool failed)
    {
        lock (_gate)
        {
            if (clock.GetElapsedTime(_since) > Span)
                Begin();
            _calls++;
            if (!failed || ++_failures < FewestFailures || _failures * 2 < _calls)
                return false;
            Begin();
            return true;
        }
    }

    private void Begin() => (_since, _calls, _failures) = (clock.GetTimestamp(), 0, 0);
}
