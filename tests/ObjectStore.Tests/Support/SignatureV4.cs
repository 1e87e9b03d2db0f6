using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace RdmCloud.ObjectStore.Support;

/// <summary>What an S3 computes to check a link: AWS Signature Version 4 in its query form, with the host alone signed.</summary>
static class SignatureV4
{
    public static string Of(Uri link, string secretKey)
    {
        var query = QueryHelpers.ParseQuery(link.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var scope = query["X-Amz-Credential"].Split('/', 2)[1];
        var canonicalQuery = string.Join('&', query
            .Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
            .Order(StringComparer.Ordinal));
        var request = $"GET\n{link.AbsolutePath}\n{canonicalQuery}\nhost:{link.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        var text = $"AWS4-HMAC-SHA256\n{query["X-Amz-Date"]}\n{scope}\n{hash}";
        return Convert.ToHexStringLower(scope.Split('/').Append(text).Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secretKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))));
    }
}
