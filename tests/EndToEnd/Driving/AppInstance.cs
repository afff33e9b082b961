using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>An instance of an Altinn app of one service owner, as its app and its user move it.</summary>
public sealed class AppInstance(SandboxDriver sandbox, string app, int partyId, string? personNumber = null)
{
    private readonly Guid _guid = Guid.NewGuid();

    public string App => app;

    public string Id => $"{partyId}/{_guid}";

    public string Path => $"apps/{app}/instances/{Id}";

    public Task In(string task) => Put(new JsonObject { ["process"] = new JsonObject { ["currentTask"] = new JsonObject { ["elementId"] = task } } });

    public async Task Completed() => await Put(new JsonObject { ["process"] = new JsonObject { ["ended"] = (await sandbox.Now()).UtcDateTime } });

    public Task Read() => Put(new JsonObject { ["status"] = new JsonObject { ["readStatus"] = "Read" } });

    /// <summary>What the app tells Altinn Events, which brings it to its subscribers: as often and in whatever order is wanted.</summary>
    public Task Tell(string[] types, int copies = 1, bool shuffle = false) => sandbox.Post($"{Path}/events?copies={copies}&shuffle={shuffle}", new { types });

    public async Task MoveTo(string task, int copies = 1)
    {
        await In(task);
        await Tell([$"app.instance.process.movedTo.{task}"], copies);
    }

    public Task Put(JsonObject members)
    {
        if (personNumber is not null)
            members["instanceOwner"] = new JsonObject { ["personNumber"] = personNumber };
        return sandbox.Put(Path, members);
    }

    /// <summary>A condition on it, as an order names it.</summary>
    public JsonObject Condition(string predicate, string? task = null)
    {
        var condition = new JsonObject { ["app"] = app, ["instanceId"] = Id, ["predicate"] = predicate };
        if (task is not null)
            condition["task"] = task;
        return condition;
    }
}
