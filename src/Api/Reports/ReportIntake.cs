using System.Security.Cryptography;
using System.Text;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>Takes delivery reports in. Requests that come while a write is under way, or soon after one was begun, share the next one.</summary>
public sealed class ReportIntake : IAsyncDisposable
{
    /// <summary>Longer than anything a provider sends, and short enough for an index.</summary>
    private const int LongestText = 200;

    /// <summary>Long enough that reports of busy hours share a write, and short enough that nobody sees it in a shipment's state.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(8);

    private readonly IUnitOfWorkFactory _work;
    private readonly TimeProvider _clock;
    private readonly GroupWriter<IReadOnlyList<ReceivedReport>, bool> _reports;

    public ReportIntake(IUnitOfWorkFactory work, TimeProvider clock)
    {
        _work = work;
        _clock = clock;
        _reports = new(Apply, pace: Pace);
    }

    /// <summary>Returns when the reports are kept and applied.</summary>
    public async Task Take(IReadOnlyList<ReceivedReport> reports, CancellationToken cancellationToken)
    {
        if (reports.Count > 0)
            await _reports.Write([.. reports.Select(Bounded)], cancellationToken);
    }

    private static ReceivedReport Bounded(ReceivedReport report) => report with
    {
        Key = report.Key.Length <= LongestText ? report.Key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(report.Key))),
        Reference = Shortened(report.Reference),
        ProviderState = Shortened(report.ProviderState),
    };

    private static string Shortened(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];

    private async Task<IReadOnlyList<bool>> Apply(IReadOnlyList<IReadOnlyList<ReceivedReport>> requests, CancellationToken cancellationToken)
    {
        await using var transaction = await _work.BeginTransaction(cancellationToken);
        await transaction.Tell(await ApplyReports.Apply(transaction.Transaction, [.. requests.SelectMany(r => r)], _clock.GetUtcNow(), cancellationToken), cancellationToken);
        await transaction.Commit(cancellationToken);
        return [.. requests.Select(_ => true)];
    }

    public ValueTask DisposeAsync() => _reports.DisposeAsync();
}
