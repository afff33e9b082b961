using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.TestRecipients;

/// <summary>
/// <c>GET</c> and <c>PUT /testrecipients</c>: where a creator's messages really go in an environment that sends to listed addresses only. The
/// whole list is in the body, so that no address is ever part of a path.
/// </summary>
public static class TestRecipientEndpoints
{
    private const string Example =
        """
        {
          "emailAddresses": ["ola@example.no", "@etat.example.no"],
          "phoneNumbers": ["+4799999999"]
        }
        """;

    public static void MapTestRecipients(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/testrecipients", Get)
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("GetTestRecipients").WithTags("TestRecipients").WithSummary("Where your messages go in a test environment")
            .Produces<TestRecipientList>();
        routes.MapPut("/testrecipients", Put)
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("PutTestRecipients").WithTags("TestRecipients").WithSummary("Say where your messages go in a test environment")
            .Accepts<TestRecipientList>("application/json")
            .Produces<TestRecipientList>().ProducesValidationProblem()
            .WithExample("Two addresses and a whole domain", Example);
    }

    private static async Task<IResult> Get(HttpContext http, Store.TestRecipients recipients, TestSending testing) =>
        Results.Json(TestRecipientList.Of(await recipients.Of(Creator.Of(http.User)!, http.RequestAborted), testing)).With("Cache-Control", "no-store");

    private static async Task<IResult> Put(HttpContext http, TestRecipientListValidator validator, Store.TestRecipients recipients, TestSending testing)
    {
        var body = await RequestBody.Read<TestRecipientList>(http.Request, "request");
        if (body.Value is not { } list)
            return body.Problem!;
        if (validator.Validate(list) is { IsValid: false } validation)
            return Problems.Invalid<TestRecipientList>(validation.Errors);

        await recipients.Replace(
            Creator.Of(http.User)!,
            [.. (list.EmailAddresses ?? []).Select(a => (Channel.Email, a.Trim())), .. (list.PhoneNumbers ?? []).Select(n => (Channel.Sms, n.Trim()))],
            http.RequestAborted);
        return await Get(http, recipients, testing);
    }
}

/// <summary>The addresses that messages are really sent to where <see cref="OnlyListed"/>; whatever goes elsewhere reaches nobody, and says so.</summary>
public sealed record TestRecipientList
{
    /// <summary>Addresses, in any case, or <c>@</c> and a whole domain.</summary>
    public IReadOnlyList<string>? EmailAddresses { get; init; }

    /// <summary>With their country codes.</summary>
    public IReadOnlyList<string>? PhoneNumbers { get; init; }

    /// <summary>Only in answers: whether this environment holds to the list.</summary>
    public bool? OnlyListed { get; init; }

    internal static TestRecipientList Of(IReadOnlyList<TestRecipient> recipients, TestSending testing) => new()
    {
        EmailAddresses = [.. recipients.Where(r => r.Channel == Channel.Email).Select(r => r.Address.ToLowerInvariant())],
        PhoneNumbers = [.. recipients.Where(r => r.Channel == Channel.Sms).Select(r => $"+{r.Address}")],
        OnlyListed = testing.OnlyListed,
    };
}
