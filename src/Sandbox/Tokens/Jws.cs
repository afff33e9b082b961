using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notifications.Sandbox.Tokens;

/// <summary>RS256 in the compact form of RFC 7515.</summary>
internal static class Jws
{
    public static string Sign(JsonObject claims, SigningKey key)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = key.Id, ["x5t"] = key.Id };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims, or null when the token is not signed by the key.</summary>
    public static JsonObject? Verify(string token, SigningKey key)
    {
        var end = token.LastIndexOf('.');
        if (end < 0 || Read(token) is not { } claims)
            return null;

        try
        {
            return key.Verify(Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1))) ? claims : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The claims without looking at the signature, or null when this is no token.</summary>
    public static JsonObject? Read(string token)
    {
        if (token.Split('.') is not [_, var payload, _])
            return null;

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(payload)) as JsonObject;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

/// <summary>An RSA key with the identifier tokens name it by.</summary>
internal sealed class SigningKey(RSA rsa)
{
    private readonly Lock gate = new();

    public string Id { get; } = Convert.ToHexString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())[..20]);

    public byte[] Sign(byte[] data)
    {
        lock (gate)
        {
            return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    public bool Verify(byte[] data, byte[] signature)
    {
        lock (gate)
        {
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    public JsonObject ToJsonWebKey()
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = Id,
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
        };
    }

    public JsonObject ToKeySet() => new() { ["keys"] = new JsonArray(ToJsonWebKey()) };
}
