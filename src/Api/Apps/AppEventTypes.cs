namespace Notifications.Api.Apps;

/// <summary>The events that Altinn apps tell, by their CloudEvents types.</summary>
internal static class AppEventTypes
{
    /// <summary>Also the only word of an app of the app library's version 8 about the first task.</summary>
    public const string Created = "app.instance.created";

    /// <summary>A dot and the task's element id follow.</summary>
    public const string MovedTo = "app.instance.process.movedTo";
    public const string Completed = "app.instance.process.completed";
    public const string SubstatusChanged = "app.instance.substatus.changed";

    /// <summary>What every event of an app begins with, those of its developers' own making too.</summary>
    public const string Prefix = "app.";

    public static readonly string[] Steps = [Created, MovedTo, Completed, SubstatusChanged];

    public static string MovedToTask(string task) => $"{MovedTo}.{task}";

    /// <summary>The task of an event that tells which one was entered.</summary>
    public static string? Task(string type) => type.StartsWith(MovedTo + '.', StringComparison.Ordinal) ? type[(MovedTo.Length + 1)..] : null;
}
