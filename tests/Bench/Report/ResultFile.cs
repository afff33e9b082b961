using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Tests.Bench.Report;

/// <summary>The same results for programs, one file for each run and <c>latest.json</c>.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(DateTimeOffset started, IReadOnlyList<Measurement> results, IReadOnlyList<StatementProfile> profiles)
    {
        var folder = Path.Combine(Root(), "artifacts", "bench");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, started.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { started, machine = Machine.Describe(), results = results.Select(Row), statements = profiles }, Json));
        File.Copy(path, Path.Combine(folder, "latest.json"), overwrite: true);
        return path;
    }

    private static object Row(Measurement m) => new
    {
        m.Benchmark, m.What, m.Value, m.Unit, target = m.Target?.ToString(), met = m.IsMet, m.Ratio, rawLimit = m.Limit, m.Conditions,
    };

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Notifications.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run the benchmarks from inside the repository.");
    }
}
