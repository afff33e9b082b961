using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>An instance of an Altinn app of one service owner, as its app and its user move it.</summary>
public sealed class AppInstance(SandboxDriver sandbox, string app, int partyId)
{
    private readonly Guid _guid = Guid.NewGuid();

    public string App => app;

    public string Id => $"{partyId}/{_guid}";

    public string Path => $"apps/{app}/instances/{Id}";

    public Task In(string task) => Put(new JsonObject { ["process"] = new JsonObject { ["currentTask"] = new JsonObject { ["elementId"] = task } } });

    public async Task Completed() => await Put(new JsonObject { ["process"] = new JsonObject { ["ended"] = (await sandbox.Now()).UtcDateTime } });

    public Task Read() => Put(new JsonObject { ["status"] = new JsonObject { ["readStatus"] = "Read" } });

    public Task Put(JsonObject members) => sandbox.Put(Path, members);

    /// <summary>A condition on it, as an order names it.</summary>
    public JsonObject Condition(string predicate, string? task = null)
    {
        var condition = new JsonObject { ["app"] = app, ["instanceId"] = Id, ["predicate"] = predicate };
        if (task is not null)
            condition["task"] = task;
        return condition;
    }
}
