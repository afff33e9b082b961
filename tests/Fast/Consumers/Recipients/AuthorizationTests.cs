using System.Net;
using System.Text.Json;
using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Tests.Fast.Wire;
using Authorization = Notifications.Consumers.Recipients.Authorization;

namespace Notifications.Tests.Fast.Consumers.Recipients;

/// <summary>The decision point as Altinn Authorization has it.</summary>
public sealed class AuthorizationTests
{
    private static readonly Representative Kari = new(50012345, 20001337);
    private static readonly Representative Ola = new(50012345, 20001338);
    private static readonly Right Read = new("app_ttd_app_name", "read");

    [Fact]
    public async Task Only_who_is_permitted_is()
    {
        var answers = Answers(Decision("Permit", Kari), Decision("Deny", Ola));

        (await Ask(answers, Kari, Ola)).ShouldBe([Kari]);
    }

    [Theory]
    [InlineData("Deny")]
    [InlineData("NotApplicable")]
    [InlineData("Indeterminate")]
    [InlineData(null)]
    public async Task Nothing_but_a_permit_permits(string? decision) =>
        (await Ask(Answers(Decision(decision, Kari), Decision("Permit", Ola)), Kari, Ola)).ShouldBe([Ola]);

    [Fact]
    public async Task A_denial_need_not_say_whom_it_is_about() =>
        (await Ask(Answers("""{"decision":"Deny","category":[]}""", Decision("Permit", Ola)), Kari, Ola)).ShouldBe([Ola]);

    [Fact]
    public async Task One_alone_is_a_plain_question_and_answer()
    {
        var answers = Answers("""{"decision":"Permit"}""");

        (await Ask(answers, Kari)).ShouldBe([Kari]);
        var request = JsonDocument.Parse(answers.Seen.ShouldHaveSingleItem().Body).RootElement.GetProperty("request");
        (request.GetProperty("accessSubject").GetArrayLength(), request.GetProperty("action").GetArrayLength(), request.GetProperty("resource").GetArrayLength()).ShouldBe((1, 1, 1));
    }

    public static TheoryData<string> Unusable() => new()
    {
        """{"response":[]}""",
        """{"response":null}""",
        "null",
        "{}",
        "",
        "<html>",
        $$"""{"response":[{{Decision("Permit", Kari)}}]}""",
        """{"response":[{"decision":"Indeterminate"}]}""",
        """{"response":[null,null]}""",
        $$"""{"response":[{{Decision("Permit", Kari)}},{"decision":"Permit"}]}""",
        $$"""{"response":[{{Decision("Permit", Kari)}},{{Decision("Permit", new Representative(1, 2))}}]}""",
        $$"""{"response":[{{Decision("Permit", Kari)}},{{Decision("Permit", Ola)}},{{Decision("Permit", Ola)}}]}""",
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_answer_that_decides_something_else_than_was_asked_is_none(string body) =>
        await Should.ThrowAsync<NeighbourAwayException>(() => Ask(StubHandler.Answers(HttpStatusCode.OK, body), Kari, Ola));

    [Fact]
    public async Task An_error_inside_is_no_denial() =>
        await Should.ThrowAsync<NeighbourAwayException>(() => Ask(Answers("""{"decision":"Indeterminate"}"""), Kari));

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refusal_to_answer_is_no_denial(HttpStatusCode status) =>
        await Should.ThrowAsync<NeighbourAwayException>(() => Ask(StubHandler.Answers(status, "{}"), Kari));

    [Fact]
    public async Task An_app_is_named_by_its_owner_and_its_name()
    {
        var answers = Answers(Decision("Permit", Kari), Decision("Permit", Ola));
        await Ask(answers, Kari, Ola);

        var request = JsonDocument.Parse(answers.Seen.ShouldHaveSingleItem().Body).RootElement.GetProperty("request");
        Attributes(request, "resource").ShouldBe(["urn:altinn:org=ttd", "urn:altinn:app=app_name", "urn:altinn:partyid=50012345 returned"]);
        Attributes(request, "accessSubject").ShouldBe(["urn:altinn:userid=20001337 returned", "urn:altinn:userid=20001338 returned"]);
        Attributes(request, "action").ShouldBe(["urn:oasis:names:tc:xacml:1.0:action:action-id=read"]);
        request.GetProperty("multiRequests").GetProperty("requestReference").EnumerateArray().Select(r => string.Join(' ', r.GetProperty("referenceId").EnumerateArray()))
            .ShouldBe(["subject20001337 action resource50012345", "subject20001338 action resource50012345"]);
    }

    [Fact]
    public async Task Another_resource_is_named_by_its_id()
    {
        var answers = Answers("""{"decision":"Permit"}""");
        await new Authorization(Client(answers)).Permitted([Kari], new Right("ttd-corr", "sign"), CancellationToken.None);

        var request = JsonDocument.Parse(answers.Seen.ShouldHaveSingleItem().Body).RootElement.GetProperty("request");
        Attributes(request, "resource").ShouldBe(["urn:altinn:resource=ttd-corr", "urn:altinn:partyid=50012345 returned"]);
        Attributes(request, "action").ShouldBe(["urn:oasis:names:tc:xacml:1.0:action:action-id=sign"]);
    }

    private static async Task<IReadOnlyList<Representative>> Ask(StubHandler answers, params Representative[] who) =>
        [.. await new Authorization(Client(answers)).Permitted(who, Read, CancellationToken.None)];

    private static HttpClient Client(StubHandler answers) => new(answers) { BaseAddress = new Uri("http://authorization/") };

    private static StubHandler Answers(params string[] decisions) => StubHandler.Answers(HttpStatusCode.OK, $$"""{"response":[{{string.Join(',', decisions)}}]}""");

    private static string Decision(string? decision, Representative about) => JsonSerializer.Serialize(new
    {
        decision,
        category = new object[]
        {
            new { categoryId = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject", attribute = new[] { new { attributeId = "urn:altinn:userid", value = $"{about.UserId}" } } },
            new { categoryId = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource", attribute = new[] { new { attributeId = "urn:altinn:partyid", value = $"{about.PartyId}" } } },
        },
    });

    private static string[] Attributes(JsonElement request, string category) =>
        [.. from one in request.GetProperty(category).EnumerateArray()
            from attribute in one.GetProperty("attribute").EnumerateArray()
            select $"{attribute.GetProperty("attributeId")}={attribute.GetProperty("value")}{(attribute.GetProperty("includeInResult").GetBoolean() ? " returned" : "")}"];
}
