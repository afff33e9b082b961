using System.Text.Json.Nodes;

namespace Notifications.Api.Documentation;

/// <summary>A body that the document shows with an operation. Each is sent to a running system by a test.</summary>
internal sealed record RequestExample(string Name, string Json)
{
    public JsonNode Body => JsonNode.Parse(Json)!;
}

public static class RequestExamples
{
    /// <summary>Shows a body in the OpenAPI document. It must be one that the sandbox accepts.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, string name, string json) => route.WithMetadata(new RequestExample(name, json));
}
