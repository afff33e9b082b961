using System.Text.Json.Serialization;

namespace Notifications.Local;

/// <summary>One process of a system, as it is remembered between two commands.</summary>
internal sealed record SystemProcess(string Name, OsProcess Process, string? Address, string Log)
{
    public const string Postgres = "postgres";
    public const string RabbitMq = "rabbitmq";
    public const string PortMapper = "epmd";

    [JsonIgnore]
    public int? Pid => Process.IsAlive ? Process.Pid : null;

    [JsonIgnore]
    public bool IsServer => Name is Postgres or RabbitMq;

    /// <summary>The port mapper serves only RabbitMQ, and is no part of what a user sees.</summary>
    [JsonIgnore]
    public bool IsVisible => Name is not PortMapper;

    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.Ordinal);

    public void AskToStop()
    {
        // To PostgreSQL a termination means to wait until every client has left.
        if (Name is Postgres)
            Process.Interrupt();
        else
            Process.AskToStop();
    }
}
