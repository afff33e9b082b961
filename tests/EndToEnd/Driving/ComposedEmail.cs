using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>The bodies of e-mail with attachments.</summary>
internal static class ComposedEmail
{
    public static JsonObject To(string address, params JsonNode[] attachments) => new()
    {
        ["idempotencyId"] = Guid.NewGuid().ToString(),
        ["recipient"] = new JsonObject
        {
            ["emailAddress"] = address,
            ["emailSettings"] = new JsonObject { ["subject"] = "Subject", ["body"] = "Hello", ["attachments"] = new JsonArray([.. attachments]) },
        },
    };

    public static JsonObject File(string address, string name = "letter.pdf", string type = "application/pdf") =>
        new() { ["filename"] = name, ["mimeType"] = type, ["sasUrl"] = address };
}
