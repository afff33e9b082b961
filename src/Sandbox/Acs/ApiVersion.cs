namespace Notifications.Sandbox.Acs;

internal static class ApiVersion
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "2023-03-31", "2025-09-01", "2021-10-01-preview", "2023-01-15-preview", "2024-07-01-preview", "2025-01-01-preview", "2025-01-15-preview",
    };

    public static IResult? Refusal(HttpContext context)
    {
        var version = context.Request.Query["api-version"].ToString();
        if (version.Length == 0)
            return AcsAnswer.Refuse(context, 400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        return Known.Contains(version)
            ? null
            : AcsAnswer.Refuse(context, 400, "UnsupportedApiVersion", "The api-version is not supported.");
    }
}
