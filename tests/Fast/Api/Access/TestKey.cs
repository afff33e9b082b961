using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Notifications.Tests.Fast.Api.Access;

/// <summary>A key that signs whatever it is told to, also what it should not.</summary>
internal sealed class TestKey
{
    private TestKey(string owner, AsymmetricAlgorithm key)
    {
        (Owner, Key) = (owner, key);
        Id = Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..20]);
    }

    public string Owner { get; }

    public AsymmetricAlgorithm Key { get; }

    public string Id { get; }

    public string Algorithm => Key is RSA ? "RS256" : "ES256";

    public static TestKey Rsa(string owner) => new(owner, RSA.Create(2048));

    public static TestKey Curve(string owner) => new(owner, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public string Sign(JsonObject header, JsonObject claims) => Sign(header.ToJsonString(), claims.ToJsonString(), (string?)header["alg"]);

    public string Sign(string header, string claims, string? algorithm)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Encode(Signature(algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    public JsonObject ToJsonWebKey()
    {
        if (Key is ECDsa curve)
        {
            var point = curve.ExportParameters(includePrivateParameters: false).Q;
            return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = Id, ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!) };
        }
        var parameters = ((RSA)Key).ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Id, ["e"] = Encode(parameters.Exponent!), ["n"] = Encode(parameters.Modulus!) };
    }

    private byte[] Signature(string? algorithm, byte[] data) => (Key, algorithm) switch
    {
        (_, "none") => [],
        (RSA rsa, "HS256") => HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), data),
        (RSA rsa, "PS256") => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        (RSA rsa, "RS512") => rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        (RSA rsa, _) => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        (ECDsa curve, _) => curve.SignData(data, HashAlgorithmName.SHA256),
        _ => throw new NotSupportedException(),
    };

    private static string Encode(byte[] data) => Base64Url.EncodeToString(data);
}
