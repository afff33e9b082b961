namespace Notifications.Local;

internal static class LogTail
{
    public static string Of(string logFile, int lines)
    {
        if (!File.Exists(logFile))
            return $"(no log at {logFile})";
        using var stream = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        // What went wrong stands above the stack that it went wrong in.
        var tail = reader.ReadToEnd().TrimEnd().Split('\n').Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal)).TakeLast(lines);
        return $"{Environment.NewLine}{string.Join(Environment.NewLine, tail)}{Environment.NewLine}(log: {logFile})";
    }
}
