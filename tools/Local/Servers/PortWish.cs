namespace Notifications.Local;

/// <summary>Which port a server shall have, and whether another will do.</summary>
internal readonly record struct PortWish(int? Port, bool IsRequired)
{
    public static PortWish Any => default;

    public static PortWish Required(int port) => new(port, IsRequired: true);

    public static PortWish Preferred(int port) => new(port, IsRequired: false);

    public int Choose() => (Port, IsRequired) switch
    {
        ({ } port, true) => port,
        ({ } port, false) => FreePort.PreferablyOr(port),
        _ => FreePort.Next(),
    };

    public bool Allows(int port) => !IsRequired || Port == port;
}
