using Notifications.Durability;
using Notifications.Hosting;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>
/// Asks what became of e-mail that no report has come for. Reports are the rule: the provider allows few such questions, so they are few,
/// and what it answers is taken in as a report is. A question that fails is asked again later; it never sends anything anew.
/// </summary>
public sealed partial class OperationWatch(UnreportedEmails unreported, AcsEmail acs, ProviderCalls calls, IUnitOfWorkFactory work, TimeProvider clock, ILogger<OperationWatch> logger) : Rounds
{
    private const int MostAtOnce = 5;

    /// <summary>What is published for every account, counted for all workers together.</summary>
    private const string Questions = "acs questions";
    private static readonly Pace Pace = new(new CallLimit(60, TimeSpan.FromMinutes(1)), new CallLimit(200, TimeSpan.FromHours(1)));

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task Round(CancellationToken cancellationToken)
    {
        var most = Math.Min(MostAtOnce, await calls.Free(Questions, Pace, cancellationToken));
        if (most == 0 || await unreported.Take(most, cancellationToken) is not { Count: > 0 } due)
            return;

        await calls.Count(Questions, Pace, due.Count, cancellationToken);
        var answers = new List<ReceivedReport>();
        foreach (var id in due)
        {
            var asked = await acs.Ask(id, cancellationToken);
            if (asked.IsTooOften)
                break;
            if (asked is { Status: { } status, State: { } state })
                answers.Add(new ReceivedReport(Providers.Acs, Channel.Email, $"operation {id} {status}", id.ToString(), status, state));
        }
        if (answers.Count == 0)
            return;

        await using var transaction = await work.BeginTransaction(cancellationToken);
        await transaction.Tell(await ApplyReports.Apply(transaction.Transaction, answers, clock.GetUtcNow(), cancellationToken), cancellationToken);
        await transaction.Commit(cancellationToken);
    }

    protected override Task Rest(CancellationToken cancellationToken) => Task.Delay(Pause, clock, cancellationToken);

    protected override void Failed(string reason) => PassFailed(logger, reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of e-mail without a report could not be found out ({Reason}). Trying on.")]
    private static partial void PassFailed(ILogger logger, string reason);
}
