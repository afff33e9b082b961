using System.Globalization;

namespace Notifications.Tests.Bench.Report;

/// <summary>What the terminal shows at the end.</summary>
internal static class ResultTable
{
    private static readonly string[] Head = ["benchmark", "measured", "value", "unit", "target", "", "of raw limit", "conditions"];

    public static void Print(IReadOnlyList<Measurement> results)
    {
        string[][] rows = [Head, .. results.Select(Cells)];
        var widths = Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        Console.WriteLine();
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => column == 2 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 100 => "#,0",
        >= 10 => "0.0",
        _ => "0.00",
    }, CultureInfo.InvariantCulture);

    private static string[] Cells(Measurement m) =>
    [
        m.Benchmark, m.What, Number(m.Value), m.Unit, m.Target?.ToString() ?? "", Verdict(m),
        m.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.000} of {m.Limit!.What}") : "", m.Conditions ?? "",
    ];

    private static string Verdict(Measurement m) => m.IsMet switch
    {
        true => "met",
        false => "MISSED",
        null => "",
    };
}
