using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RdmCloud.Webhooks.Secrets;

/// <summary>Standard Webhooks 1.0.0: https://www.standardwebhooks.com.</summary>
static class Signature
{
    const string SecretPrefix = "whsec_";
    const int SecretBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret that a receiver may have.</summary>
    /// <param name="body">As it is sent, byte for byte.</param>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset timestamp, string body)
    {
        var content = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}.{body}"));
        return string.Join(' ', secrets.Select(secret =>
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), content))));
    }

    static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[SecretPrefix.Length..]);
}
