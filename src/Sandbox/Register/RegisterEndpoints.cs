using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Register;

internal static class RegisterEndpoints
{
    public static void MapRegister(this IEndpointRouteBuilder routes)
    {
        var register = routes.MapGroup("/register").CanFail("register");
        NamesLookup.Map(register);
        PartyQuery.Map(register);
        register.MapPost("/api/v1/organizations/contactpoint/lookup", () => Results.StatusCode(410));
    }
}
