using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Notifications.Hosting.Settings;

/// <summary>A setting that is missing or wrong. Its message is the one line that says what to set.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>The settings both hosts share. In a sandbox environment, which <c>Sandbox:Url</c> alone makes, the rest has defaults.</summary>
public sealed class NotificationsSettings
{
    public required string Database { get; init; }

    /// <summary>Null when the host is embedded and needs no broker.</summary>
    public Uri? Broker { get; init; }

    /// <summary>Replicated queues, for a cluster of brokers. A single broker keeps classic ones, which recover from its crash at once.</summary>
    public bool QuorumQueues { get; init; }
    public Uri? Sandbox { get; init; }

    public static NotificationsSettings Read(IConfiguration configuration, bool embedded) => new()
    {
        Database = configuration["ConnectionStrings:Notifications"] is { Length: > 0 } database
            ? database
            : throw new SettingException("Set ConnectionStrings:Notifications to the PostgreSQL connection string, for example Host=localhost;Database=notifications;Username=notifications."),
        Broker = embedded ? null : Address(configuration, "ConnectionStrings:Broker", "the RabbitMQ address, for example amqp://user:password@localhost:5672/"),
        QuorumQueues = configuration["Broker:Queues"] switch
        {
            null or "" or "Quorum" => true,
            "Classic" => false,
            var other => throw new SettingException($"Set Broker:Queues to Quorum (a cluster) or Classic (a single broker); it is '{other}'."),
        },
        Sandbox = configuration["Sandbox:Url"] is { Length: > 0 } ? Address(configuration, "Sandbox:Url", "the sandbox's address") : null,
    };

    /// <summary>An absolute address, or the line that says to set one.</summary>
    public static Uri Address(IConfiguration configuration, string name, string meaning) =>
        Uri.TryCreate(configuration[name], UriKind.Absolute, out var address)
            ? address
            : throw new SettingException($"Set {name} to {meaning}.");

    public static string Text(IConfiguration configuration, string name, string meaning) =>
        configuration[name] is { Length: > 0 } text ? text : throw new SettingException($"Set {name} to {meaning}.");

    /// <summary>A time span above zero, as <c>hh:mm:ss</c>.</summary>
    public static TimeSpan Duration(IConfiguration configuration, string name, TimeSpan fallback) =>
        configuration[name] is not { Length: > 0 } text ? fallback
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero ? duration
        : throw new SettingException($"Set {name} to a time span such as 00:00:03.");

    /// <summary>A whole number within bounds; null where none is set.</summary>
    public static int? Number(IConfiguration configuration, string name, string meaning, int least = 1, int most = int.MaxValue) =>
        configuration[name] is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"Set {name} to {meaning}.");

    /// <summary>A switch that is off unless it is set to true.</summary>
    public static bool Switch(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } text && (bool.TryParse(text, out var on) ? on
            : throw new SettingException($"Set {name} to true or false."));
}
