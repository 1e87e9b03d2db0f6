using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace RdmCloud.ObjectStore.Support;

/// <summary>What an S3 computes to check a link: AWS Signature Version 4 in its query form, with the host alone signed.</summary>
static class SignatureV4
{
    /// <summary>The link with some of its query changed, and signed anew.</summary>
    public static Uri Sign(Uri link, string secretKey, IReadOnlyDictionary<string, string> changes, string method = "GET")
    {
        var query = QueryHelpers.ParseQuery(link.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        foreach (var (name, value) in changes)
            query[name] = value;
        var unsigned = new Uri(QueryHelpers.AddQueryString(link.GetLeftPart(UriPartial.Path), query));
        query["X-Amz-Signature"] = Of(unsigned, secretKey, method);
        return new(QueryHelpers.AddQueryString(link.GetLeftPart(UriPartial.Path), query));
    }

    public static string Of(Uri link, string secretKey, string method = "GET")
    {
        var query = QueryHelpers.ParseQuery(link.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var scope = query["X-Amz-Credential"].Split('/', 2)[1];
        var canonicalQuery = string.Join('&', query
            .Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
            .Order(StringComparer.Ordinal));
        var request = $"{method}\n{link.AbsolutePath}\n{canonicalQuery}\nhost:{link.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        var text = $"AWS4-HMAC-SHA256\n{query["X-Amz-Date"]}\n{scope}\n{hash}";
        return Convert.ToHexStringLower(scope.Split('/').Append(text).Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secretKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))));
    }
}
