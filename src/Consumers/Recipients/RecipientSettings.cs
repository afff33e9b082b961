using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Recipients;

/// <summary>How strictly national identity numbers and organization numbers are read.</summary>
public enum IdentityNumbers
{
    /// <summary>Control digits are checked, and numbers of invented persons are refused.</summary>
    Real,

    /// <summary>Control digits are checked.</summary>
    Synthetic,

    /// <summary>The count of digits is enough.</summary>
    Any,
}

/// <summary>What an installation decides about recipients.</summary>
public sealed record RecipientSettings
{
    public IdentityNumbers IdentityNumbers { get; init; }

    /// <summary>The creators whose orders to persons always use contact information that was not confirmed for 18 months.</summary>
    public IReadOnlyList<string> UseStaleContactInformation { get; init; } = [];

    /// <summary>How long an order may wait at most for the lookup of its recipients, before it is answered that they cannot be looked up.</summary>
    public TimeSpan LookupTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether an order is refused whose resource the Resource Registry does not know.</summary>
    public bool RefuseUnknownResources { get; init; }

    public bool AlwaysUsesStale(string creator) => UseStaleContactInformation.Contains(creator, StringComparer.OrdinalIgnoreCase);

    public static RecipientSettings Read(IConfiguration configuration) => new()
    {
        IdentityNumbers = Enum.TryParse<IdentityNumbers>(configuration["Recipients:IdentityNumbers"] ?? nameof(IdentityNumbers.Real), ignoreCase: true, out var numbers) && Enum.IsDefined(numbers)
            ? numbers
            : throw new SettingException("Set Recipients:IdentityNumbers to Real, Synthetic or Any."),
        UseStaleContactInformation = (configuration["Recipients:UseStaleContactInformation"] ?? "skd")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        RefuseUnknownResources = NotificationsSettings.Switch(configuration, "Recipients:RefuseUnknownResources"),
        LookupTimeout = NotificationsSettings.Duration(configuration, "Recipients:LookupTimeout", TimeSpan.FromSeconds(3)),
    };
}
