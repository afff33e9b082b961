using System.Text.Json;

namespace Notifications.Local;

/// <summary>The node's pid file: what runs on a data folder, for the program that comes after us.</summary>
internal sealed record BrokerNote(OsProcess Node, OsProcess PortMapper, BrokerPorts Ports)
{
    public static BrokerNote? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<BrokerNote>(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    public static void Write(string path, BrokerNote note) => File.WriteAllText(path, JsonSerializer.Serialize(note));

    public void EndAll()
    {
        Node.Kill();
        PortMapper.Kill();
    }
}
