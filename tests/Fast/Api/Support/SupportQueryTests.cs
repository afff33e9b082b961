using Notifications.Api.Support;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Support;

public sealed class SupportQueryTests
{
    private const string Person = "16069412345";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_week_is_asked_for_unless_something_else_is_said()
    {
        var query = Read()!;
        (query.From, query.To, query.PageSize).ShouldBe((Now.AddDays(-7), Now, 500));

        query = Read(from: "2020-01-01T00:00:00Z", to: "2020-02-01T01:00:00+01:00")!;
        (query.From, query.To).ShouldBe((new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("2026-11-21T08:00:00Z", null, "")]
    [InlineData("2026-11-21T08:00:01Z", null, "From")]
    [InlineData("2016-11-21T08:00:00Z", null, "")]
    [InlineData("2016-11-21T07:59:59Z", null, "From")]
    [InlineData("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z", "From")]
    [InlineData("2026-11-20", null, "From")]
    [InlineData("2026-11-20T08:00:00", null, "From")]
    [InlineData("yesterday", null, "From")]
    [InlineData(null, "2026-11-21T08:00:00Z", "")]
    [InlineData(null, "2026-11-21T08:00:01Z", "To")]
    [InlineData(null, "2026-11-14T08:00:01Z", "")]
    [InlineData(null, "2026-11-14T08:00:00Z", "To")]
    [InlineData(null, "2026-11-20", "To")]
    public void A_period_that_cannot_be_is_named(string? from, string? to, string expected) => Errors(Person, from, to).ShouldBe(expected);

    [Theory]
    [InlineData(SupportSubject.Person, null, "NationalIdentityNumber")]
    [InlineData(SupportSubject.Person, "", "NationalIdentityNumber")]
    [InlineData(SupportSubject.Person, "1606941234", "NationalIdentityNumber")]
    [InlineData(SupportSubject.Person, "1606941234x", "NationalIdentityNumber")]
    [InlineData(SupportSubject.Organization, Person, "OrganizationNumber")]
    [InlineData(SupportSubject.Organization, "991825827", "")]
    public void A_number_that_is_none_is_named_and_not_repeated(SupportSubject kind, string? number, string expected)
    {
        SupportQuery.Read(kind, number, null, null, null, null, Now, out var errors);

        string.Join(' ', errors.Keys).ShouldBe(expected);
        if (number is { Length: > 0 })
            errors.Values.SelectMany(e => e).ShouldAllBe(e => !e.Contains(number));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("20", 20)]
    [InlineData("501", 500)]
    public void A_page_has_1_to_500_shipments(string given, int expected) => Read(pageSize: given)!.PageSize.ShouldBe(expected);

    [Fact]
    public void A_cursor_comes_back_as_it_went()
    {
        var cursor = new PageCursor(Now.AddTicks(10), Guid.NewGuid());

        Read(before: cursor.ToString())!.Before.ShouldBe(cursor);
        Errors(Person, before: "nothing").ShouldBe("Before");
        Errors(Person, pageSize: "many").ShouldBe("PageSize");
    }

    private static SupportQuery? Read(string? from = null, string? to = null, string? before = null, string? pageSize = null) =>
        SupportQuery.Read(SupportSubject.Person, Person, from, to, before, pageSize, Now, out _);

    private static string Errors(string number, string? from = null, string? to = null, string? before = null, string? pageSize = null)
    {
        SupportQuery.Read(SupportSubject.Person, number, from, to, before, pageSize, Now, out var errors);
        return string.Join(' ', errors.Keys);
    }
}
