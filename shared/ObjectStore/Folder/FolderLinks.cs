using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RdmCloud.ObjectStore.Folder;

/// <summary>Links that carry their own permission: an HMAC-SHA256 over key, time of expiry and download name.</summary>
sealed class FolderLinks(string root, TimeProvider time)
{
    readonly Lazy<byte[]> signingKey = new(() => SigningKey.ReadOrCreate(root));

    public Uri Sign(Uri publicUrl, string key, int seconds, string? downloadName)
    {
        var expires = time.GetUtcNow().ToUnixTimeSeconds() + seconds;
        var download = downloadName is null ? "" : $"&download={Uri.EscapeDataString(downloadName)}";
        var signature = Signature(key, expires, downloadName);
        return new($"{publicUrl.AbsoluteUri.TrimEnd('/')}/files/{key}?expires={expires}{download}&signature={signature}");
    }

    public bool Verify(string key, long expires, string signature, string? downloadName) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Signature(key, expires, downloadName)))
        && expires > time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The first two parts hold no line break once they are checked, so no two triples have one text.</summary>
    string Signature(string key, long expires, string? downloadName) => Base64Url.EncodeToString(HMACSHA256.HashData(
        signingKey.Value,
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\n{expires}\n{downloadName}"))));
}
