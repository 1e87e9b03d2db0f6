using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RdmCloud.ObjectStore.S3;

/// <summary>
/// Signs what the client has no call for: AWS Signature Version 4 in a link's query, which every S3 takes for every method.
/// </summary>
sealed class S3Signer(S3Options options, TimeProvider time)
{
    const int ValidForSeconds = 900;

    /// <param name="path">Of characters that need no escaping, as buckets' names and keys are.</param>
    public Uri Sign(HttpMethod method, string path, params (string Name, string Value)[] query)
    {
        var now = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{now[..8]}/{options.Region}/s3/aws4_request";
        (string Name, string Value)[] all =
        [
            .. query,
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", $"{options.AccessKey}/{scope}"), ("X-Amz-Date", now),
            ("X-Amz-Expires", $"{ValidForSeconds}"), ("X-Amz-SignedHeaders", "host"),
        ];
        var canonical = string.Join('&', all
            .Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}")
            .Order(StringComparer.Ordinal));
        var request = $"{method}\n{path}\n{canonical}\nhost:{options.Endpoint.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        var text = $"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hash}";
        var signature = scope.Split('/').Append(text).Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + options.SecretKey),
            (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return new(options.Endpoint, $"{path}?{canonical}&X-Amz-Signature={Convert.ToHexStringLower(signature)}");
    }
}
