namespace Notifications.Local;

/// <summary>Where the distribution's packages put the server programs; asked anew each time, as they may just have been installed.</summary>
internal static class InstalledServers
{
    private const string Missing = "is not installed; install it with: apt-get install -y --no-install-recommends";

    public static bool HasPostgres => PostgresControl is not null;

    public static bool HasRabbitMq => RabbitMqScript is not null;

    private static string? PostgresControl => Newest("/usr/lib/postgresql", "bin/pg_ctl");

    // The real script: the one on the PATH changes user and folder first.
    private static string? RabbitMqScript => Newest("/usr/lib/rabbitmq/lib", "sbin/rabbitmq-server");

    public static string Postgres(string program) =>
        Path.Combine(Path.GetDirectoryName(PostgresControl ?? throw new LocalException($"PostgreSQL {Missing} postgresql"))!, program);

    public static string RabbitMq() =>
        RabbitMqScript ?? throw new LocalException($"RabbitMQ {Missing} rabbitmq-server");

    private static string? Newest(string folder, string program) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder)
                .Select(version => (Number: Number(version), Program: Path.Combine(version, program)))
                .Where(candidate => File.Exists(candidate.Program))
                .OrderByDescending(candidate => candidate.Number)
                .Select(candidate => candidate.Program)
                .FirstOrDefault()
            : null;

    private static Version Number(string folder)
    {
        var name = Path.GetFileName(folder);
        var number = name[(name.LastIndexOf('-') + 1)..];
        return Version.TryParse(number.Contains('.', StringComparison.Ordinal) ? number : number + ".0", out var version)
            ? version
            : new Version(0, 0);
    }
}
