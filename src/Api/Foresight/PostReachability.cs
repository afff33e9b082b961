using FluentValidation;
using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Store;

namespace Notifications.Api.Foresight;

/// <summary>
/// <c>POST /future/reachability</c>: which recipients can be reached by e-mail and by SMS, who is reserved, and whose contact information is
/// out of date. Each recipient counts against a daily quota, and who asked is kept.
/// </summary>
public static class PostReachability
{
    private const string Example =
        """
        { "recipients": [ { "nationalIdentityNumber": "16069412345" }, { "organizationNumber": "991825827" } ] }
        """;

    public static void MapPostReachability(this IEndpointRouteBuilder routes) => routes
        .MapPost("/future/reachability", Handle)
        .WithName("PostReachability").WithTags("Order").WithSummary("Whether recipients can be reached")
        .Accepts<ReachabilityRequest>("application/json")
        .Produces<IReadOnlyList<ReachabilityResponse>>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("A person and an organisation", Example);

    private static async Task<IResult> Handle(HttpContext http, ReachabilityRequestValidator validator, LookupQuota quota, Reachability reachability)
    {
        var (request, problem) = await RequestBody.Read<ReachabilityRequest>(http.Request, "reachabilityRequest");
        if (request is null)
            return problem!;
        if (validator.Validate(request) is { IsValid: false } invalid)
            return Problems.Invalid<ReachabilityRequest>(invalid.Errors);

        return await quota.Take(Creator.Of(http.User)!, LookupKind.Reachability, request.Recipients.Count, http.RequestAborted)
            ?? Results.Json(await reachability.Of(request.Recipients, http.RequestAborted));
    }
}

/// <summary>Whom to look up.</summary>
public sealed record ReachabilityRequest
{
    public required IReadOnlyList<ReachabilityRecipient> Recipients { get; init; }
}

/// <summary>Exactly one member is set.</summary>
public sealed record ReachabilityRecipient
{
    public string? NationalIdentityNumber { get; init; }
    public string? OrganizationNumber { get; init; }
    public string? ExternalIdentity { get; init; }
}

/// <param name="Recipient">As it was asked for.</param>
/// <param name="Email">Whether there is an e-mail address that may be used.</param>
/// <param name="Sms">Whether there is a mobile number that may be used.</param>
/// <param name="IsReserved">Whether the person has reserved themselves against digital communication.</param>
/// <param name="IsStale">Whether there are addresses that were not confirmed for 18 months, and no others of their kind.</param>
public sealed record ReachabilityResponse(string Recipient, bool Email, bool Sms, bool IsReserved, bool IsStale);

public sealed class ReachabilityRequestValidator : AbstractValidator<ReachabilityRequest>
{
    public const int MostRecipients = 1000;

    public ReachabilityRequestValidator(RecipientSettings settings)
    {
        RuleFor(r => r.Recipients).Must(r => r is { Count: > 0 and <= MostRecipients }).WithMessage($"Give 1 to {MostRecipients} recipients.");
        RuleForEach(r => r.Recipients).NotNull().ChildRules(recipient =>
        {
            recipient.RuleFor(r => r).Must(r => new[] { r.NationalIdentityNumber, r.OrganizationNumber, r.ExternalIdentity }.Count(i => i is not null) == 1).OverridePropertyName("")
                .WithMessage("Give exactly one of nationalIdentityNumber, organizationNumber and externalIdentity.");
            recipient.RuleFor(r => r.NationalIdentityNumber).Must(n => IdentityNumber.HasItsShape(n) && IdentityNumber.IsPerson(n!, settings.IdentityNumbers))
                .When(r => r.NationalIdentityNumber is not null).WithMessage("Give a national identity number of 11 digits.");
            recipient.RuleFor(r => r.OrganizationNumber).Must(n => OrganizationNumber.HasItsShape(n) && OrganizationNumber.IsOrganization(n!, settings.IdentityNumbers))
                .When(r => r.OrganizationNumber is not null).WithMessage("Give an organization number of 9 digits.");
            recipient.RuleFor(r => r.ExternalIdentity).Must(ExternalIdentityUrn.IsValid).When(r => r.ExternalIdentity is not null)
                .WithMessage($"Give {string.Join(", ", ExternalIdentityUrn.Prefixes)}, followed by what it names.");
        });
    }
}
