using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Profile;

internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder routes)
    {
        var profile = routes.MapGroup("/profile/api/v1").CanFail("profile");
        var users = profile.MapGroup("/users/contactpoint");
        PersonContactPoints.Map(users);
        SelfIdentifiedContactPoints.Map(users);
        OrganizationAddresses.Map(profile);
        UnitContactPoints.Map(profile);
    }
}
