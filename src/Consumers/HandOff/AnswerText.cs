using System.Text;

namespace Notifications.Consumers.HandOff;

internal static class AnswerText
{
    /// <summary>
    /// What a provider answered, whatever it calls its character set: all that is looked for is ASCII, and to read a set that nobody knows would be an exception.
    /// </summary>
    public static async Task<string> ReadText(this HttpContent answer, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await answer.ReadAsByteArrayAsync(cancellationToken)).TrimStart('\uFEFF');
}
