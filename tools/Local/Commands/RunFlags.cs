using System.Globalization;

namespace Notifications.Local;

/// <summary>The flags of <c>./run</c>.</summary>
internal sealed record RunFlags
{
    public const string Help =
        """
        ./run               starts PostgreSQL, RabbitMQ, sandbox, api and worker, and sends a first order; Ctrl-C stops all of it
        ./run --detach      the same, and it goes on after the command has ended; again: starts only what is not running
        ./run --status      what runs: name, pid, address and log of each process, database and broker, as JSON
        ./run --stop        stops it
        ./run --fresh       starts with new data; what runs is stopped first
        ./run --embedded    everything in the api process, without RabbitMQ and without worker
        ./run --workers N   N worker processes
        ./run --no-demo     without the first order
        ./run --help        this text
        """;

    public bool Detach { get; private init; }

    public bool Status { get; private init; }

    public bool Stop { get; private init; }

    public bool Fresh { get; private init; }

    public bool Embedded { get; private init; }

    public bool NoDemo { get; private init; }

    public bool ShowHelp { get; private init; }

    public int? Workers { get; private init; }

    public static RunFlags Parse(IReadOnlyList<string> arguments)
    {
        var flags = new RunFlags();
        for (var index = 0; index < arguments.Count; index++)
        {
            flags = arguments[index] switch
            {
                "--detach" => flags with { Detach = true },
                "--status" => flags with { Status = true },
                "--stop" => flags with { Stop = true },
                "--fresh" => flags with { Fresh = true },
                "--embedded" => flags with { Embedded = true },
                "--no-demo" => flags with { NoDemo = true },
                "--help" or "-h" => flags with { ShowHelp = true },
                "--workers" => flags with { Workers = Count(arguments.ElementAtOrDefault(++index)) },
                var unknown => throw new UsageException($"Unknown flag {unknown}; ./run --help lists them"),
            };
        }

        return flags is { Embedded: true, Workers: not null }
            ? throw new UsageException("--embedded has no worker processes; leave out --workers")
            : flags;
    }

    private static int Count(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 16
            ? count
            : throw new UsageException("--workers needs a number from 1 to 16");
}
