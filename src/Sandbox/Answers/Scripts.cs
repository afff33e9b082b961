using System.Collections.Concurrent;

namespace Notifications.Sandbox.Answers;

/// <summary>The scripts by recipient: an e-mail address, or a number as gateways write it.</summary>
internal sealed class Scripts
{
    private readonly ConcurrentDictionary<string, Running> scripts = new(StringComparer.OrdinalIgnoreCase);

    public void Put(string recipient, Script script) => scripts[recipient] = new Running(script);

    public Script? For(string recipient) => scripts.GetValueOrDefault(recipient)?.Script;

    /// <summary>The answer to this message, which counts as given.</summary>
    public ScriptedAnswer? NextAnswer(string recipient) => scripts.GetValueOrDefault(recipient)?.NextAnswer();

    private sealed class Running(Script script)
    {
        private int left = script.Answer?.Times ?? int.MaxValue;

        public Script Script => script;

        public ScriptedAnswer? NextAnswer() => script.Answer is not null && Interlocked.Decrement(ref left) >= 0 ? script.Answer : null;
    }
}
