namespace Notifications.Local;

/// <summary>The checkout this program was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string LocalFolder => Path.Combine(Root, ".local");

    /// <summary>Debug or Release: what is running here was built as one of them, and so are the hosts that go with it.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Debug", StringComparer.Ordinal) ? "Debug" : "Release";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Notifications.sln")))
                return folder.FullName;
        }

        throw new LocalException($"No Notifications.sln above {AppContext.BaseDirectory}; run this from inside the repository");
    }
}
