using System.Text.Json.Nodes;
using Notifications.Api.Documentation;
using Notifications.Tests.Fast.Architecture;

namespace Notifications.Tests.Fast.Api.Documentation;

public sealed class ApiDocumentTests
{
    private static readonly string Kept = Path.Combine(Sources.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_document_that_is_kept_is_the_one_that_the_code_makes()
    {
        var made = Path.GetTempFileName();
        try
        {
            (await Make(made)).ShouldBe(0);

            (await File.ReadAllTextAsync(made) == await File.ReadAllTextAsync(Kept)).ShouldBeTrue(
                $"docs/openapi.json is not what the endpoints say any more. Make it anew: dotnet run -c Release --project src/Api -- {ApiDocument.Command} docs/openapi.json");
        }
        finally
        {
            File.Delete(made);
        }
    }

    [Fact]
    public void Every_operation_says_what_it_does_and_where_it_belongs() =>
        Operations().Where(o => string.IsNullOrEmpty((string?)o.Operation["summary"]) || string.IsNullOrEmpty((string?)o.Operation["operationId"]) || o.Operation["tags"] is not JsonArray { Count: 1 })
            .Select(o => o.Name).ShouldBeEmpty();

    [Fact]
    public void Every_operation_says_who_is_let_in() => Operations().Where(o => o.Operation["security"] is not JsonArray { Count: > 0 }).Select(o => o.Name).ShouldBeEmpty();

    [Fact]
    public void Every_tag_is_explained() =>
        JsonNode.Parse(File.ReadAllText(Kept))!["tags"]!.AsArray().Where(t => string.IsNullOrEmpty((string?)t!["description"])).Select(t => (string?)t!["name"]).ShouldBeEmpty();

    [Fact]
    public void The_calls_to_try_by_hand_are_all_operations()
    {
        var calls = File.ReadAllLines(Path.Combine(Sources.Root, "docs", "notifications.http")).Where(l => l.Contains("{{api}}", StringComparison.Ordinal) && !l.StartsWith('@'))
            .Select(l => l.Replace("{{api}}", "/notifications/api/v1", StringComparison.Ordinal).Split('?')[0]).ToArray();

        Operations().Where(o => !calls.Any(call => Matches(call, o.Name))).Select(o => o.Name).ShouldBeEmpty("docs/notifications.http has an example of each operation.");
    }

    /// <summary>As the command line does it; the entry point is where the whole host is put together.</summary>
    private static async Task<int> Make(string file) =>
        await Task.Run(() => (int)typeof(ApiDocument).Assembly.EntryPoint!.Invoke(null, [new[] { ApiDocument.Command, file }])!);

    private static bool Matches(string call, string operation)
    {
        var (one, other) = (call.Split(' ', '/'), operation.Split(' ', '/'));
        return one.Length == other.Length && one.Zip(other).All(s => s.First == s.Second || s.Second.StartsWith('{'));
    }

    private static IEnumerable<(string Name, JsonNode Operation)> Operations() =>
        from path in JsonNode.Parse(File.ReadAllText(Kept))!["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);
}
