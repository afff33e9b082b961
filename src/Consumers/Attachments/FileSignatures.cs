namespace Notifications.Consumers.Attachments;

/// <summary>
/// What files of a kind begin with. A file of a kind that has no beginning of its own may begin with anything but that of a program: what
/// the order calls a text is not sent when it is an executable.
/// </summary>
public static class FileSignatures
{
    private static readonly byte[] Zip = [0x50, 0x4B];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    private static readonly byte[] Riff = "RIFF"u8.ToArray();
    private static readonly byte[] Ogg = "OggS"u8.ToArray();
    private static readonly byte[] WebM = [0x1A, 0x45, 0xDF, 0xA3];
    private static readonly byte[] WindowsMedia = [0x30, 0x26, 0xB2, 0x75];

    /// <summary>Of Windows, Linux, macOS, and scripts.</summary>
    private static readonly byte[][] Programs =
    [
        "MZ"u8.ToArray(), [0x7F, 0x45, 0x4C, 0x46], [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
        [0xCA, 0xFE, 0xBA, 0xBE], "#!"u8.ToArray(),
    ];

    private static readonly Dictionary<string, byte[][]> Beginnings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/epub+zip"] = [Zip],
        ["application/gzip"] = [[0x1F, 0x8B]],
        ["application/msword"] = [Compound, Zip],
        ["application/ogg"] = [Ogg],
        ["application/rtf"] = [@"{\rtf"u8.ToArray()],
        ["application/vnd.ms-excel"] = [Compound, Zip],
        ["application/vnd.ms-excel.sheet.binary.macroEnabled.12"] = [Zip],
        ["application/vnd.ms-excel.sheet.macroEnabled.12"] = [Zip],
        ["application/vnd.ms-outlook"] = [Compound],
        ["application/vnd.ms-powerpoint"] = [Compound, Zip],
        ["application/vnd.ms-powerpoint.presentation.macroEnabled.12"] = [Zip],
        ["application/vnd.ms-powerpoint.slideshow.macroEnabled.12"] = [Zip],
        ["application/vnd.ms-publisher"] = [Compound],
        ["application/vnd.ms-word.document.macroEnabled.12"] = [Zip],
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = [Zip],
        ["application/vnd.openxmlformats-officedocument.presentationml.slideshow"] = [Zip],
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = [Zip],
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = [Zip],
        ["application/vnd.visio"] = [Compound, Zip],
        ["application/x-7z-compressed"] = [[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]],
        ["application/x-rar-compressed"] = ["Rar!"u8.ToArray()],
        ["application/zip"] = [Zip],
        ["audio/midi"] = ["MThd"u8.ToArray()],
        ["audio/ogg"] = [Ogg],
        ["audio/opus"] = [Ogg],
        ["audio/wav"] = [Riff],
        ["audio/webm"] = [WebM],
        ["audio/x-ms-wma"] = [WindowsMedia],
        ["font/otf"] = ["OTTO"u8.ToArray()],
        ["font/woff"] = ["wOFF"u8.ToArray()],
        ["font/woff2"] = ["wOF2"u8.ToArray()],
        ["image/bmp"] = ["BM"u8.ToArray()],
        ["image/gif"] = ["GIF8"u8.ToArray()],
        ["image/jpeg"] = [[0xFF, 0xD8, 0xFF]],
        ["image/png"] = [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]],
        ["image/tiff"] = ["II*\0"u8.ToArray(), "MM\0*"u8.ToArray()],
        ["image/webp"] = [Riff],
        ["video/ogg"] = [Ogg],
        ["video/webm"] = [WebM],
        ["video/x-ms-wmv"] = [WindowsMedia],
        ["video/x-msvideo"] = [Riff],
    };

    /// <summary>Whether a file can be what it is said to be.</summary>
    public static bool Fit(ReadOnlySpan<byte> content, string mimeType)
    {
        // Readers look for it a little further on too.
        if (mimeType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
            return content[..Math.Min(content.Length, 1024)].IndexOf("%PDF"u8) >= 0;

        var (expected, isExpected) = Beginnings.TryGetValue(mimeType, out var beginnings) ? (beginnings, true) : (Programs, false);
        foreach (var beginning in expected)
        {
            if (content.StartsWith(beginning))
                return isExpected;
        }
        return !isExpected;
    }
}
