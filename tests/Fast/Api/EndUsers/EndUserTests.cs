using System.Security.Claims;
using Notifications.Api.Access;
using Notifications.Api.EndUsers;

namespace Notifications.Tests.Fast.Api.EndUsers;

public sealed class EndUserTests
{
    [Theory]
    [InlineData("3", "altinn:portal/enduser", "20001337", true)]
    [InlineData("4", "openid altinn:portal/enduser", "20001337", true)]
    [InlineData("2", "altinn:portal/enduser", "20001337", false)]
    [InlineData("", "altinn:portal/enduser", "20001337", false)]
    [InlineData("4", "altinn:portal", "20001337", false)]
    [InlineData("4", "altinn:portal/enduser", "0", false)]
    [InlineData("4", "altinn:portal/enduser", "-1", false)]
    [InlineData("4", "altinn:portal/enduser", "nobody", false)]
    public void Somebody_who_has_logged_in_well_enough_is_themselves(string level, string scopes, string userId, bool isUser) =>
        (EndUser.Of(Token(level, scopes, userId)) == new EndUser(20001337, 501337)).ShouldBe(isUser);

    [Fact]
    public void Service_owners_and_components_of_the_platform_are_no_persons()
    {
        EndUser.Of(Token(creator: "ttd")).ShouldBeNull();
        EndUser.Of(Token(scheme: PlatformTokens.Name)).ShouldBeNull();
    }

    private static Credential Token(
        string level = "4", string scopes = "altinn:portal/enduser", string userId = "20001337", string? creator = null, string scheme = BearerTokens.Name) =>
        new(scheme, [new Claim("urn:altinn:userid", userId), new Claim("urn:altinn:partyid", "501337"), new Claim("urn:altinn:authlevel", level)])
        {
            Creator = creator,
            Scopes = scopes.Split(' '),
        };
}
