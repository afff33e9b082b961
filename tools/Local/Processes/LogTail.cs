namespace Notifications.Local;

internal static class LogTail
{
    public static string Of(string logFile, int lines)
    {
        if (!File.Exists(logFile))
            return $"(no log at {logFile})";
        using var stream = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var tail = reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines);
        return $"{Environment.NewLine}{string.Join(Environment.NewLine, tail)}{Environment.NewLine}(log: {logFile})";
    }
}
