namespace Notifications.Sandbox;

/// <summary>The addresses the sandbox is known by.</summary>
internal sealed class SandboxAddress(string baseAddress)
{
    public string Issuer { get; } = baseAddress.TrimEnd('/') + "/";

    public string MaskinportenIssuer => Issuer + "maskinporten/";
}
