using System.Collections.Concurrent;
using System.Text.Json;
using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Conditions;

/// <summary>Send conditions answered in turn; the last answer repeats.</summary>
internal static class ConditionEndpoints
{
    private static readonly string[] Words = ["500", "timeout", "garbage"];

    public static void MapConditions(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/conditions/{name}", Put);
        routes.MapGet("/conditions/{name}", Answer).CanFail("condition");
    }

    private static IResult Put(string name, PutCondition condition, ScriptedConditions conditions)
    {
        if (condition.Answers is not { Count: > 0 } answers || !answers.All(IsAnswer))
            return Results.Problem("answers must be a list of true, false, \"500\", \"timeout\" and \"garbage\".", statusCode: 400);
        conditions.Put(name, [.. answers.Select(answer => answer.ToString())]);
        return Results.NoContent();
    }

    private static async Task<IResult> Answer(string name, ScriptedConditions conditions, HttpContext context)
    {
        switch (conditions.Next(name))
        {
            case null:
                return Results.NotFound();
            case "500":
                return Results.StatusCode(500);
            case "garbage":
                return Results.Text("<<{] garbage", "application/json");
            case "timeout":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Results.Empty;
            case var answer:
                return Results.Ok(new { SendNotification = string.Equals(answer, bool.TrueString, StringComparison.OrdinalIgnoreCase) });
        }
    }

    private static bool IsAnswer(JsonElement answer) =>
        answer.ValueKind is JsonValueKind.True or JsonValueKind.False
        || (answer.ValueKind == JsonValueKind.String && Words.Contains(answer.GetString()));

    private sealed record PutCondition(List<JsonElement>? Answers);
}

internal sealed class ScriptedConditions
{
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.Ordinal);

    public void Put(string name, string[] answers) => scripts[name] = new Script(answers);

    /// <summary>Null for a condition nobody has put.</summary>
    public string? Next(string name) => scripts.GetValueOrDefault(name)?.Next();

    private sealed class Script(string[] answers)
    {
        private int asked = -1;

        public string Next() => answers[Math.Min((uint)Interlocked.Increment(ref asked), (uint)answers.Length - 1)];
    }
}
