using System.Xml.Linq;

namespace Notifications.Tests.Fast.Architecture;

/// <summary>The source files of the product.</summary>
internal static class Sources
{
    public static readonly string Root = FindRoot();

    /// <summary>The files of a project below <c>src</c>, by their paths from there.</summary>
    public static IEnumerable<(string Path, string Text)> Of(string project, string pattern = "*.cs") =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), pattern, SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Path.Combine(Root, "src"), file).Replace('\\', '/'), File: file))
            .Where(f => !f.Path.Contains("/obj/", StringComparison.Ordinal) && !f.Path.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));

    public static string[] Projects => [.. Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static string[] References(string project) =>
    [
        .. XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)).Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Notifications.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from inside the repository.");
        return folder.FullName;
    }
}
