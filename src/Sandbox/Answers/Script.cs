using System.Text.Json.Serialization;

namespace Notifications.Sandbox.Answers;

/// <summary>What a provider says about one recipient's messages in place of what it would say by itself. What is absent changes nothing.</summary>
/// <param name="Answer">To the messages themselves.</param>
/// <param name="Reports">Of a message that it took, in its own words and in this order.</param>
/// <param name="Operation">How the e-mail provider's operation stands whenever somebody asks.</param>
internal sealed record Script(ScriptedAnswer? Answer, IReadOnlyList<string>? Reports, ScriptedOperation? Operation);

/// <param name="Body">With <c>{reference}</c> where a gateway's name for the message is to be.</param>
/// <param name="Times">How many messages are answered so; all of them when it is not set.</param>
/// <param name="Takes">Whether the message is taken, whatever the answer says.</param>
internal sealed record ScriptedAnswer(int Status, string? Body, IReadOnlyDictionary<string, string>? Headers, int? Times, bool Takes)
{
    public async Task<IResult> Give(HttpContext context, string reference = "")
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            context.Response.Headers[name] = value;
        if (Body is not null)
            await context.Response.WriteAsync(Body.Replace("{reference}", reference, StringComparison.Ordinal), context.RequestAborted);
        return Results.Empty;
    }
}

internal sealed record ScriptedOperation(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);
