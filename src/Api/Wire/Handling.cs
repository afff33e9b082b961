using System.Text.Json;
using Notifications.Api.Access;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Wire;

/// <summary>Settings under <c>Compatibility</c>.</summary>
/// <param name="AppLibraryNumbers">Whether numbers of sending time policies are read as Altinn's app library writes them when an app sends them.</param>
public sealed record CompatibilitySettings(bool AppLibraryNumbers)
{
    public static CompatibilitySettings Read(IConfiguration configuration) => new(
        configuration["Compatibility:AppLibraryNumbers"] is { Length: > 0 } text && (bool.TryParse(text, out var numbers)
            ? numbers
            : throw new SettingException("Set Compatibility:AppLibraryNumbers to true or false.")));
}

/// <summary>How the bodies of one request are read.</summary>
public sealed record Handling(JsonSerializerOptions Json, bool IsStrict)
{
    private const string Strict = "handling=strict";

    public static Handling Of(HttpContext http)
    {
        var isStrict = http.Request.Headers["Prefer"].Any(header => header is not null && header.Split(',', ';').Any(p => p.Trim().Replace("\"", "", StringComparison.Ordinal).Equals(Strict, StringComparison.OrdinalIgnoreCase)));
        if (isStrict)
            http.Response.Headers["Preference-Applied"] = Strict;
        var isAppLibrary = http.RequestServices.GetService<CompatibilitySettings>() is { AppLibraryNumbers: true } && Creator.IsApp(http.User);
        return new Handling(isAppLibrary ? WireJson.AppLibraryOptions : WireJson.Options, isStrict);
    }
}
