using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Apps;

/// <summary>The instances of apps, as Storage keeps them.</summary>
internal sealed class AppInstances(PeopleAndOrganizations registry, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, JsonObject> instances = new(StringComparer.OrdinalIgnoreCase);

    public JsonObject? Find(string id) => instances.GetValueOrDefault(id);

    public JsonObject? Find(Guid guid) => instances.FirstOrDefault(i => i.Key.EndsWith($"/{guid}", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Takes the instance's place. What is left out is as it was, for what an instance always has: who owns it, when it was made, when it entered its task.</summary>
    public JsonObject Put(string org, string app, int partyId, Guid guid, JsonObject given)
    {
        var (id, now) = ($"{partyId}/{guid}", time.GetUtcNow().UtcDateTime);
        var before = Find(id);
        var instance = given.DeepClone().AsObject();
        instance["id"] = id;
        instance["appId"] = $"{org}/{app}";
        instance["org"] = org;
        instance["instanceOwner"] ??= before?["instanceOwner"]?.DeepClone() ?? new JsonObject();
        Own(instance["instanceOwner"]!.AsObject(), partyId);
        instance["process"] ??= before?["process"]?.DeepClone() ?? new JsonObject();
        Begin(instance["process"]!.AsObject(), before?["process"] as JsonObject, now);
        instance["status"] ??= before?["status"]?.DeepClone() ?? new JsonObject();
        Complete(instance["status"]!.AsObject(), isArchived: given["status"]?["isArchived"]?.DeepClone() ?? instance["process"]!["ended"] is not null);
        instance["data"] ??= before?["data"]?.DeepClone() ?? new JsonArray();
        instance["created"] ??= before?["created"]?.DeepClone() ?? now;
        instance["lastChanged"] ??= now;
        Keep(id, instance);
        return instance;
    }

    public void Keep(string id, JsonObject instance) => instances[id] = instance;

    public bool Remove(string id) => instances.TryRemove(id, out _);

    private void Own(JsonObject owner, int partyId)
    {
        owner["partyId"] = partyId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (owner["personNumber"] is null && owner["organisationNumber"] is null && owner["externalIdentifier"] is null && registry.NumberOfParty(partyId) is { } number)
            owner[number.Length == 9 ? "organisationNumber" : "personNumber"] = number;
    }

    private static void Begin(JsonObject process, JsonObject? before, DateTime now)
    {
        process["started"] ??= before?["started"]?.DeepClone() ?? now;
        if (process["currentTask"] is JsonObject task)
        {
            var wasThere = before?["currentTask"] is JsonObject last && (string?)last["elementId"] == (string?)task["elementId"];
            task["started"] ??= (wasThere ? before!["currentTask"]!["started"]?.DeepClone() : null) ?? now;
        }
    }

    private static void Complete(JsonObject status, JsonNode isArchived)
    {
        status["isArchived"] = isArchived;
        status["isSoftDeleted"] ??= false;
        status["isHardDeleted"] ??= false;
        status["readStatus"] ??= "Unread";
    }
}
