using System.Globalization;
using FluentValidation;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>
/// When the messages of an order may leave: by default from 09:00 to 17:00 Norwegian time, Monday to Friday, not on public holidays. Takes the
/// place of <c>sendingTimePolicy</c>, and holds for e-mail too. A message that comes outside waits for the next opening.
/// </summary>
public sealed record SendingWindowRequest
{
    /// <summary><c>Monday</c> to <c>Sunday</c>; Monday to Friday when left out.</summary>
    public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

    /// <summary>The first minute, such as <c>08:30</c>; 09:00 when left out.</summary>
    public string? From { get; init; }

    /// <summary>The minute that is the first too late, up to <c>24:00</c>; 17:00 when left out.</summary>
    public string? To { get; init; }

    /// <summary>Whether messages may leave on Norwegian public holidays that fall on these weekdays; no when left out.</summary>
    public bool OnPublicHolidays { get; init; }

    /// <summary>An IANA time zone; <c>Europe/Oslo</c> when left out.</summary>
    public string? TimeZone { get; init; }

    internal SendingWindow ToWindow()
    {
        var standard = new SendingWindow();
        return standard with
        {
            Weekdays = Weekdays is null ? standard.Weekdays : [.. Weekdays.Distinct().Order()],
            From = Minute(From) ?? standard.From,
            To = To == EndOfDay ? TimeOnly.MinValue : Minute(To) ?? standard.To,
            OnPublicHolidays = OnPublicHolidays,
            TimeZone = TimeZone ?? standard.TimeZone,
        };
    }

    internal const string EndOfDay = "24:00";

    internal static TimeOnly? Minute(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute) ? minute : null;
}

public sealed class SendingWindowRequestValidator : AbstractValidator<SendingWindowRequest>
{
    public SendingWindowRequestValidator()
    {
        RuleFor(w => w.Weekdays).Must(days => days is null || (days.Count > 0 && days.All(Enum.IsDefined))).WithMessage("Give at least one day, from Monday to Sunday.");
        RuleFor(w => w.From).Must(IsMinute).WithMessage("Give a time of day, such as 08:30.");
        RuleFor(w => w.To).Must(to => to == SendingWindowRequest.EndOfDay || IsMinute(to)).WithMessage("Give a time of day, such as 20:00 or 24:00.");
        RuleFor(w => w.To).Must((w, _) => w.ToWindow() is var window && (window.To == TimeOnly.MinValue || window.From < window.To))
            .When(w => w.To != "00:00" && IsMinute(w.From)).WithMessage("The window ends before it begins.");
        RuleFor(w => w.To).NotEqual("00:00").WithMessage("Give 24:00 for the end of the day.");
        RuleFor(w => w.TimeZone).Must(zone => zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).WithMessage("Give an IANA time zone, such as Europe/Oslo.");
    }

    private static bool IsMinute(string? text) => text is null || SendingWindowRequest.Minute(text) is not null;
}
