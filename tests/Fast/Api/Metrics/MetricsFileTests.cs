using System.Security.Cryptography;
using System.Text;
using Notifications.Api.Metrics;

namespace Notifications.Tests.Fast.Api.Metrics;

public sealed class MetricsFileTests
{
    [Fact]
    public async Task A_file_is_a_table_that_any_reader_of_csv_takes_back()
    {
        var rows = new string?[][] { ["plain", null], ["a, b", "say \"hi\""], ["two\nlines", "blåbær"] }.ToAsyncEnumerable();

        var file = await MetricsFile.Write(["One", "Two"], rows, CancellationToken.None);

        await using var content = file.Content;
        using var reader = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1024, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        text.ShouldBe("One,Two\r\nplain,\r\n\"a, b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",blåbær\r\n");
        file.Rows.ShouldBe(3);
        file.Hash.ShouldBe(Hash(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("+4799999999", "innland")]
    [InlineData("004799999999", "innland")]
    [InlineData("+4670123456", "utland")]
    [InlineData("", "n/a")]
    public void A_rate_goes_by_the_country(string number, string rate) => PostMetricsFile.Rate(number).ShouldBe(rate);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "What clients expect.")]
    private static string Hash(byte[] content) => Convert.ToBase64String(MD5.HashData(content));
}
