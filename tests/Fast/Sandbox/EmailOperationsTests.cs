using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Inbox;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class EmailOperationsTests
{
    private readonly EmailOperations operations = new();
    private readonly Guid id = Guid.NewGuid();

    [Fact]
    public void The_first_call_makes_the_operation_and_a_repeated_one_finds_it()
    {
        operations.Call(id, "hash");
        var first = operations.Accept(id, Operation("hash"), out var firstIsNew);
        operations.Call(id, "hash");
        var second = operations.Accept(id, Operation("hash"), out var secondIsNew);

        firstIsNew.ShouldBeTrue();
        secondIsNew.ShouldBeFalse();
        second.ShouldBeSameAs(first);
        first.Message.Attempts.ShouldBe(2);
    }

    [Fact]
    public void Calls_before_it_was_accepted_are_attempts_too()
    {
        operations.Call(id, "hash");
        operations.Call(id, "hash");
        operations.Call(id, "hash");

        operations.Accept(id, Operation("hash"), out _).Message.Attempts.ShouldBe(3);
    }

    [Fact]
    public void A_call_with_other_content_is_no_attempt()
    {
        operations.Call(id, "hash");
        operations.Accept(id, Operation("hash"), out _);
        operations.Call(id, "other");

        operations.Find(id)!.Message.Attempts.ShouldBe(1);
    }

    [Fact]
    public void Of_concurrent_calls_exactly_one_makes_the_operation()
    {
        var made = 0;
        Parallel.For(0, 64, _ =>
        {
            operations.Call(id, "hash");
            operations.Accept(id, Operation("hash"), out var isNew);
            if (isNew)
                Interlocked.Increment(ref made);
        });

        made.ShouldBe(1);
        operations.Find(id)!.Message.Attempts.ShouldBe(64);
    }

    [Fact]
    public void An_operation_goes_from_not_started_over_running_to_its_end()
    {
        var operation = Operation("hash") with { CompletesAt = DateTimeOffset.UnixEpoch.AddSeconds(10) };

        operation.At(DateTimeOffset.UnixEpoch).Status.ShouldBe("NotStarted");
        operation.At(DateTimeOffset.UnixEpoch.AddSeconds(5)).Status.ShouldBe("Running");
        operation.At(DateTimeOffset.UnixEpoch.AddSeconds(10)).Status.ShouldBe("Succeeded");
    }

    private EmailOperation Operation(string hash) => new(
        id,
        hash,
        new InboxMessage { Channel = "email", To = "a@example.no", From = "b@example.no", Body = "", Reference = id.ToString(), AcceptedAt = DateTimeOffset.UnixEpoch },
        DateTimeOffset.UnixEpoch,
        "Succeeded",
        null);
}
