using Notifications.Sandbox.Clock;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("sandbox-clock");

    // A clock that jumps serves as the real time of another, so that nothing here waits for it.
    private readonly SandboxTime real = new(TimeProvider.System);
    private readonly SandboxTime time;
    private readonly SandboxClock clock;

    public ClockTests()
    {
        time = new SandboxTime(real);
        clock = new SandboxClock(time, real, directory.FullName);
    }

    [Fact]
    public async Task A_host_that_has_not_seen_the_version_is_answered_at_once()
    {
        var answer = await clock.Follow("api", 0, CancellationToken.None);

        answer.ShouldBe(new ClockVersion(clock.Version, 0));
    }

    [Fact]
    public void A_host_that_has_seen_the_version_is_held()
    {
        using var aborted = new CancellationTokenSource();
        clock.Follow("api", clock.Version, aborted.Token).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_held_poll_answers_the_same_version_after_twenty_seconds()
    {
        var seen = clock.Version;
        var poll = clock.Follow("api", seen, CancellationToken.None);
        real.Jump(TimeSpan.FromSeconds(20));

        (await poll).Version.ShouldBe(seen);
    }

    [Fact]
    public async Task Advance_answers_when_the_host_has_come_back_with_the_new_version()
    {
        using var aborted = new CancellationTokenSource();
        var poll = clock.Follow("api", clock.Version, aborted.Token);
        var advance = clock.Advance(Week, CancellationToken.None);

        var answer = await poll;
        answer.OffsetSeconds.ShouldBe(Week.TotalSeconds);
        advance.IsCompleted.ShouldBeFalse();

        _ = clock.Follow("api", answer.Version, aborted.Token);
        await advance;
    }

    [Fact]
    public async Task Advance_does_not_wait_for_a_host_whose_connection_broke()
    {
        using var aborted = new CancellationTokenSource();
        var poll = clock.Follow("api", clock.Version, aborted.Token);
        await aborted.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(poll);

        await clock.Advance(Week, CancellationToken.None);
    }

    [Fact]
    public async Task Advance_gives_up_on_a_host_that_stays_away_for_three_seconds()
    {
        await clock.Follow("api", 0, CancellationToken.None);
        var advance = clock.Advance(Week, CancellationToken.None);
        advance.IsCompleted.ShouldBeFalse();
        real.Jump(TimeSpan.FromSeconds(4));

        await advance;
    }

    [Fact]
    public async Task Offset_survives_a_restart_and_the_version_never_goes_back()
    {
        await clock.Advance(Week, CancellationToken.None);
        await clock.Advance(Week, CancellationToken.None);

        var restarted = new SandboxClock(new SandboxTime(real), real, directory.FullName);
        restarted.OffsetSeconds.ShouldBe(2 * Week.TotalSeconds);
        restarted.Version.ShouldBeGreaterThan(clock.Version);
    }

    [Fact]
    public async Task A_timer_the_jump_has_passed_fires_at_once()
    {
        var due = Task.Delay(Week, time);
        due.IsCompleted.ShouldBeFalse();
        time.Jump(Week);

        await due;
    }

    [Fact]
    public void A_timer_the_jump_has_not_passed_goes_on_waiting()
    {
        var due = Task.Delay(Week, time);
        time.Jump(Week - TimeSpan.FromHours(1));

        due.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Time_and_timestamps_move_together()
    {
        var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        time.Jump(Week);

        (time.GetUtcNow() - now).ShouldBe(Week, TimeSpan.FromMinutes(1));
        time.GetElapsedTime(timestamp).ShouldBe(Week, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_request_signed_just_before_the_jump_is_still_on_time()
    {
        var signed = time.GetUtcNow();
        time.Jump(Week);

        time.IsNear(signed, TimeSpan.FromMinutes(15)).ShouldBeTrue();
        real.Jump(TimeSpan.FromMinutes(1));
        time.IsNear(signed, TimeSpan.FromMinutes(15)).ShouldBeFalse();
    }

    public void Dispose() => directory.Delete(recursive: true);
}
