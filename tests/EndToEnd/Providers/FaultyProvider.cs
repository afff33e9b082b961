using System.Globalization;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>A provider that fails in every way that its table of faults in <c>docs/providers.md</c> has a row for.</summary>
/// <param name="Name">A heading there.</param>
/// <param name="IsEmail">Or SMS.</param>
/// <param name="Delivered">What its reports say of a message that arrived.</param>
/// <param name="OnItsWay">What they may say before.</param>
/// <param name="Instead">The answer of the provider that messages come from, where this is the second one.</param>
public sealed record FaultyProvider(string Name, bool IsEmail, string Delivered, string OnItsWay, string? Instead = null)
{
    public const string Table = "Faults";
    public const string Always = "503-always";
    public const string ReportedTwice = "reported-twice";

    /// <summary>How everything ends that nobody has heard of.</summary>
    public const string Expired = "Failed_TTL";

    private static readonly string[] Nothing = [];

    public IReadOnlyList<MappingRow> Rows => MappingTable.Rows(Name, Table);

    /// <summary>What the stand-in is to do, as it is told. The message is taken in every case in which nobody could know that it was not.</summary>
    public object Script(string fault) => fault switch
    {
        "reset-before" => new { answer = new { fault = "reset", times = 1 } },
        "reset-after" => new { answer = new { fault = "reset", takes = true, times = 1 }, reports = Nothing },
        "reset-after-reported" => new { answer = new { fault = "reset", takes = true, times = 1 } },
        "slow" or "huge" => new { answer = new { fault, takes = true, times = 1 }, reports = Nothing },
        "garbage" => new { answer = new { status = 200, body = "<<{]garbage[}>>", takes = true, times = 1 }, reports = Nothing },
        Always => new { answer = new { status = 503 } },
        "reported-first" => new { reports = new[] { Delivered }, reportsFirst = true },
        ReportedTwice => new { reports = new[] { Delivered, Delivered, OnItsWay } },
        _ => new { answer = new { status = int.Parse(fault, CultureInfo.InvariantCulture), times = 1 } },
    };

    /// <summary>Where a message stands as long as no time goes by.</summary>
    public static string BeforeItsTime(MappingRow row) => (row.Says, row["Message"]) switch
    {
        (Always, _) => "New",
        (_, "Delivered") => "Delivered",
        _ => "Sending",
    };

    public IEnumerable<string> Calls(Ending ending) => ending.Attempts.Where(a => a != Instead);
}
