using Notifications.Consumers.Attachments;

namespace Notifications.Tests.Fast.Consumers.Attachments;

public sealed class FileSignaturesTests
{
    private static readonly byte[] Program = [0x4D, 0x5A, 0x90, 0x00, 0x03];

    public static TheoryData<string, byte[]> Files() => new()
    {
        { "application/pdf", "%PDF-1.7"u8.ToArray() },
        { "application/pdf", "\uFEFF\r\n%PDF-1.7"u8.ToArray() },
        { "application/zip", [0x50, 0x4B, 0x03, 0x04] },
        { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [0x50, 0x4B, 0x03, 0x04] },
        { "application/msword", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00] },
        { "application/rtf", @"{\rtf1\ansi}"u8.ToArray() },
        { "APPLICATION/GZIP", [0x1F, 0x8B, 0x08] },
        { "image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] },
        { "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0] },
        { "image/tiff", [0x49, 0x49, 0x2A, 0x00] },
        { "image/tiff", [0x4D, 0x4D, 0x00, 0x2A] },
        { "text/plain", "Hello"u8.ToArray() },
        { "text/plain", [] },
        { "text/csv", "a;b"u8.ToArray() },
        { "application/xml", "<a/>"u8.ToArray() },
        { "video/mp4", [0x00, 0x00, 0x00, 0x18, 0x66, 0x74, 0x79, 0x70] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_what_it_is_called_fits(string mimeType, byte[] content) => FileSignatures.Fit(content, mimeType).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_program_fits_nothing(string mimeType, byte[] content)
    {
        content.ShouldNotBe(Program);
        FileSignatures.Fit(Program, mimeType).ShouldBeFalse();
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("image/png")]
    [InlineData("application/zip")]
    public void A_text_is_no_file_of_a_kind_that_has_a_beginning_of_its_own(string mimeType)
    {
        FileSignatures.Fit("Hello"u8, mimeType).ShouldBeFalse();
        FileSignatures.Fit([], mimeType).ShouldBeFalse();
    }
}
