using System.Globalization;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Support;

/// <summary>What support asks for: whose notifications, of which days, and how many at once.</summary>
internal sealed record SupportQuery(SupportSubject Kind, string Number, DateTimeOffset From, DateTimeOffset To, PageCursor? Before, int PageSize)
{
    public const int LargestPage = 500;

    private const int YearsBack = 10;
    private const string NotUtc = "Give a date and time in UTC, such as 2026-01-31T12:00:00Z.";
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>What is wrong is named in <paramref name="errors"/>; never the number itself.</summary>
    public static SupportQuery? Read(
        SupportSubject kind, string? number, string? from, string? to, string? before, string? pageSize, DateTimeOffset now, out IDictionary<string, string[]> errors)
    {
        errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (header, digits) = kind == SupportSubject.Person ? ("NationalIdentityNumber", 11) : ("OrganizationNumber", 9);
        if (string.IsNullOrEmpty(number))
            errors[header] = [$"The {header} field is required."];
        else if (number.Length != digits || !number.All(char.IsAsciiDigit))
            errors[header] = [$"Give {digits} digits."];

        var start = Time(from, "From", errors);
        var end = Time(to, "To", errors);
        if (start >= end)
            errors["From"] = ["From must be before To."];
        else if (start > now)
            errors["From"] = ["From must not be in the future."];
        else if (start < now.AddYears(-YearsBack))
            errors["From"] = [$"From must be within the last {YearsBack} years."];
        if (end > now)
            errors["To"] = ["To must not be in the future."];
        else if (start is null && end <= now - Usual)
            errors["To"] = ["To must be within the last 7 days when there is no From."];

        PageCursor? cursor = null;
        if (before is not null && !PageCursor.TryParse(before, out cursor))
            errors["Before"] = ["Give the value of the link to the next page."];
        var size = LargestPage;
        if (pageSize is not null && !int.TryParse(pageSize, CultureInfo.InvariantCulture, out size))
            errors["PageSize"] = ["Give a number."];

        return errors.Count > 0 ? null : new SupportQuery(kind, number!, start ?? now - Usual, end ?? now, cursor, Math.Clamp(size, 1, LargestPage));
    }

    private static DateTimeOffset? Time(string? text, string name, IDictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) && time.Kind == DateTimeKind.Utc)
            return new DateTimeOffset(time);
        errors[name] = [NotUtc];
        return null;
    }
}
