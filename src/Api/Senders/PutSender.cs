using System.Xml;
using Notifications.Api.Access;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Senders;

/// <summary><c>PUT</c> and <c>DELETE /senders/{creator}/{channel}/{sender}</c>: keep the registry of verified senders.</summary>
public static class PutSender
{
    /// <summary>The longest e-mail address there is.</summary>
    private const int LongestSender = 320;

    public static void MapPutSender(this IEndpointRouteBuilder routes)
    {
        var registry = routes.MapGroup("/senders/{creator}/{channel}/{sender}").RequireAuthorization(AccessRegistration.MayKeepSenders).WithTags("Senders");
        registry.MapPut("", Put)
            .WithName("PutSender").WithSummary("Let a creator send under a name")
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem();
        registry.MapDelete("", Delete)
            .WithName("DeleteSender").WithSummary("Let a creator no longer send under a name")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status404NotFound).ProducesValidationProblem();
    }

    private static async Task<IResult> Put(string creator, string channel, string sender, HttpContext http, VerifiedSenders senders, SenderControl control)
    {
        if (Invalid(channel, sender) is { } problem)
            return problem;

        await senders.Add(creator, Channel.Known(channel)!, sender.Trim(), http.RequestAborted);
        control.Forget(creator);
        return Results.NoContent();
    }

    private static async Task<IResult> Delete(string creator, string channel, string sender, HttpContext http, VerifiedSenders senders, SenderControl control)
    {
        if (Invalid(channel, sender) is { } problem)
            return problem;

        var wasThere = await senders.Remove(creator, Channel.Known(channel)!, sender.Trim(), http.RequestAborted);
        control.Forget(creator);
        return wasThere ? Results.NoContent() : Results.NotFound();
    }

    private static IResult? Invalid(string channel, string sender)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Channel.Known(channel) is null)
            errors["Channel"] = ["Give Email or Sms."];
        else if (channel.Equals(nameof(Channel.Email), StringComparison.OrdinalIgnoreCase) && !Addresses.IsEmail(sender.StartsWith('@') ? $"any{sender}" : sender))
            errors["Sender"] = ["Give an e-mail address, or @ and a domain."];
        if (string.IsNullOrWhiteSpace(sender) || sender.Length > LongestSender || !sender.All(XmlConvert.IsXmlChar))
            errors["Sender"] = ["Give a sender of characters that can be read."];
        return errors.Count > 0 ? Problems.Invalid(errors) : null;
    }
}
