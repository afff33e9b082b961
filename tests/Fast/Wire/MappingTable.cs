using System.Globalization;
using System.Text.RegularExpressions;

namespace Notifications.Tests.Fast.Wire;

/// <param name="Name">Its first cell.</param>
/// <param name="Says">What the provider says, between backticks there.</param>
/// <param name="Text">Its text, between quotation marks there.</param>
/// <param name="Cells">The other cells.</param>
public sealed record MappingRow(string Name, string Says, string? Text, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells[column];

    /// <summary>The number that it begins with.</summary>
    public int Number => int.Parse(Says.Split(' ')[0], CultureInfo.InvariantCulture);

    public int Count(string column) => int.Parse(Cells[column], CultureInfo.InvariantCulture);

    /// <summary>What comes after the number.</summary>
    public string Code => Says.Split(' ', 2) is [_, var code] ? code : "";
}

/// <summary>The tables of <c>docs/providers.md</c>, which operators read and tests are made of.</summary>
public static partial class MappingTable
{
    public static readonly string Document = Path.Combine(Root(), "docs", "providers.md");

    /// <param name="provider">A heading.</param>
    /// <param name="table">A heading below it.</param>
    public static IReadOnlyList<MappingRow> Rows(string provider, string table)
    {
        var lines = File.ReadLines(Document)
            .SkipWhile(l => l != $"## {provider}").Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))
            .SkipWhile(l => l != $"### {table}").Skip(1).TakeWhile(l => !l.StartsWith("### ", StringComparison.Ordinal))
            .Where(l => l.StartsWith('|')).Select(Cells).ToArray();
        return lines is [var names, _, .. var rows] ? [.. rows.SelectMany(cells => Rows(names, cells))] : throw new InvalidOperationException($"{Document} has no table {provider}, {table}.");
    }

    /// <summary>One, or as many as its range of numbers holds.</summary>
    private static IEnumerable<MappingRow> Rows(string[] names, string[] cells)
    {
        var others = names.Zip(cells).Skip(1).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal);
        var name = cells[0].Replace("`", "", StringComparison.Ordinal);
        if (Range().Match(cells[0]) is { Success: true } range)
        {
            var (from, to) = (int.Parse(range.Groups["from"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(range.Groups["to"].ValueSpan, CultureInfo.InvariantCulture));
            return Enumerable.Range(from, to - from + 1).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => new MappingRow(n, n, Text: null, others));
        }
        var marked = Marked().Matches(cells[0]).Select(m => m.Value).ToArray();
        return [new MappingRow(name, marked.First(m => m[0] == '`').Trim('`'), marked.FirstOrDefault(m => m[0] == '“')?.Trim('“', '”'), others)];
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Notifications.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    [GeneratedRegex("`(?<from>[0-9]+)`–`(?<to>[0-9]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();

    [GeneratedRegex("`[^`]*`|“[^”]*”", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marked();
}
