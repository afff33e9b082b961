using System.Globalization;

namespace Notifications.Local;

/// <summary>Files and environment that keep a node away from everything outside its own folder and off every outside address.</summary>
internal sealed class BrokerConfiguration(string folder, BrokerPorts ports)
{
    public void Write()
    {
        Directory.CreateDirectory(Path.Combine(folder, "log"));
        File.WriteAllText(In("rabbitmq.conf"), Settings());
        File.WriteAllText(In("enabled_plugins"), "[].");
        File.WriteAllText(In("rabbitmq-env.conf"), "");
        File.WriteAllText(In("advanced.config"), "[].");
    }

    public Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = folder,
        ["LC_ALL"] = "C.UTF-8",
        ["RABBITMQ_NODENAME"] = "notifications@localhost",
        ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In("advanced.config"),
        ["RABBITMQ_CONF_ENV_FILE"] = In("rabbitmq-env.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
        ["RABBITMQ_MNESIA_BASE"] = In("mnesia"),
        ["RABBITMQ_LOG_BASE"] = In("log"),
        ["RABBITMQ_PID_FILE"] = In("node.pid"),
        ["RABBITMQ_DIST_PORT"] = ports.Distribution.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_ALLOW_INPUT"] = "1",
        // By default each scheduler is bound to a core, and waits for it although another is idle: the cores are the hosts' and the database's too.
        ["RABBITMQ_SCHEDULER_BIND_TYPE"] = "u",
        // Without it the distribution port listens on every address.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = ports.PortMapper.ToString(CultureInfo.InvariantCulture),
    };

    private string In(string file) => Path.Combine(folder, file);

    private string Settings()
    {
        string[] lines =
        [
            $"listeners.tcp.1 = 127.0.0.1:{ports.Amqp}",
            "raft.wal_max_size_bytes = 67108864",
            "disk_free_limit.absolute = 100MB",
            "log.console = false",
            "log.file.level = info",
        ];
        return string.Join('\n', lines) + "\n";
    }
}
